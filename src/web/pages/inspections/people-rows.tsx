import type { Field } from '../../components/fields.ts';
import { FormRows, rowAt } from '../../components/form-rows.tsx';
import { SIDES } from './inspection-words.ts';

const fieldsOf = (at: number): Field[] => {
  const isPolice = (values: Record<string, unknown>): boolean =>
    rowAt(values, 'people', at)['side'] === 'police';
  return [
    {
      name: 'side',
      kind: 'choice',
      label: 'field.side',
      required: true,
      words: { prefix: 'word.side', values: SIDES },
    },
    { name: 'name', kind: 'line', label: 'field.personName', required: true },
    { name: 'credential', kind: 'line', label: 'field.badgeNumber', required: true, when: isPolice },
    { name: 'credential', kind: 'line', label: 'field.personId', when: (values) => !isPolice(values) },
    { name: 'organisation', kind: 'line' },
    { name: 'role', kind: 'line', label: 'field.position' },
  ];
};

/** People on the scene who are no officers of the bureau: each with whose side they are on. */
export const PeopleRows = () => (
  <FormRows
    name="people"
    fields={fieldsOf}
    add="inspection.addPerson"
    row="inspection.personRow"
    initial={{ side: 'party' }}
  />
);
