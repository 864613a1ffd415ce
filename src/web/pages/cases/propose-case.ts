import { act } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';

/** What of a case is entered, and may be amended. */
export const CASE_FIELDS = [
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
    ...CASE_FIELDS.map((field) => ({ ...field, required: true })),
  ],
  body: (values, { id }) => ({ ...values, sourceId: id }) as never,
});
