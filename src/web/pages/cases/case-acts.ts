import { type Act, act } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';
import { recordActs } from '../../components/record-acts.ts';

const fields = [
  { name: 'title', kind: 'line', label: 'field.caseTitle', wide: true },
  { name: 'cause', kind: 'line', wide: true },
  { name: 'facts', kind: 'text', rows: 5 },
  { name: 'basis', kind: 'text', label: 'field.legalBasis' },
  { name: 'jurisdictionBasis', kind: 'text' },
  { name: 'officerIds', kind: 'users', wide: true, help: 'source.twoOfficers' },
] as const satisfies Field[];

/** Asks the head to file a case on a source. */
export const proposeCase = act('/api/cases', {
  fields: [
    { name: 'party.id', kind: 'party', label: 'kind.party', wide: true, help: 'case.partyHelp' },
    ...fields.map((field) => ({ ...field, required: true })),
  ],
  body: (values, { id }) => ({ ...values, sourceId: id }) as never,
});

/** What may be done with a case. */
export const caseActs: Record<string, Act> = {
  extend: act('/api/cases/{id}/extend', { fields: [{ name: 'reason', kind: 'text', required: true }] }),
  ...recordActs('/api/cases', [...fields, { name: 'partyId', kind: 'party' }]),
};
