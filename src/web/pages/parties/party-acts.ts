import { type Act, act } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';
import { recordActs } from '../../components/record-acts.ts';

export const PARTY_KINDS = ['company', 'sole_trader', 'person'] as const;

const fields = [
  { name: 'kind', kind: 'choice', words: { prefix: 'word.partyKind', values: PARTY_KINDS } },
  { name: 'name', kind: 'line' },
  { name: 'certificateName', kind: 'line' },
  { name: 'uscc', kind: 'line', help: 'party.usccHelp' },
  { name: 'foodLicence', kind: 'line' },
  { name: 'representative', kind: 'line' },
  { name: 'phone', kind: 'line' },
  { name: 'otherContact', kind: 'line' },
  { name: 'address', kind: 'line', wide: true },
  { name: 'aliases', kind: 'words', wide: true },
] as const satisfies Field[];

const isPerson = ({ kind }: Record<string, unknown>): boolean => kind !== 'company';

/** A party nobody has entered yet. */
export const registerParty = act('/api/parties', {
  fields: [
    ...fields.map((field) =>
      field.name === 'kind' || field.name === 'name' ? { ...field, required: true } : field,
    ),
    {
      name: 'idType',
      kind: 'choice',
      words: { prefix: 'word.idType', values: ['resident_id', 'passport', 'other'] },
      when: isPerson,
    },
    { name: 'idNumber', kind: 'line', when: isPerson },
  ],
  initial: () => ({ kind: 'company' }),
});

/** What may be done with a party. */
export const partyActs: Record<string, Act> = {
  set_identity: act('/api/parties/{id}/identity', {
    fields: [
      {
        name: 'idType',
        kind: 'choice',
        words: { prefix: 'word.idType', values: ['resident_id', 'passport', 'other'] },
      },
      { name: 'idNumber', kind: 'line' },
      { name: 'reason', kind: 'text', required: true },
    ],
    body: ({ idNumber, ...rest }) => ({ ...rest, idNumber: idNumber ?? null }) as never,
  }),
  ...recordActs('/api/parties', fields),
};
