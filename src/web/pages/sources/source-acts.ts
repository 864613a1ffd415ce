import { type Act, act } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';
import { recordActs } from '../../components/record-acts.ts';
import { DECLINE_GROUNDS, EXCLUSION_GROUNDS, ORIGINS } from './source-words.ts';

const about = [
  { name: 'partyName', kind: 'line' },
  { name: 'partyPhone', kind: 'line' },
  { name: 'partyAddress', kind: 'line', wide: true },
] as const satisfies Field[];

const provider = [
  { name: 'providerName', kind: 'line' },
  { name: 'providerOrganisation', kind: 'line' },
  { name: 'providerContact', kind: 'line' },
] as const satisfies Field[];

/** A source that comes from no tip: found in an inspection, handed over, read in the news. */
export const registerSource = act('/api/sources', {
  fields: [
    {
      name: 'origin',
      kind: 'choice',
      required: true,
      autoFocus: true,
      words: { prefix: 'word.origin', values: ORIGINS.filter((origin) => origin !== 'tip') },
    },
    { name: 'foundOn', kind: 'day', required: true },
    { name: 'party.id', kind: 'party', label: 'field.partyKnown', wide: true },
    ...about,
    { name: 'content', kind: 'text', required: true, label: 'field.sourceContent', rows: 5 },
    { name: 'handlingOpinion', kind: 'text' },
    ...provider,
  ],
});

/** What may be done with a case source. */
export const sourceActs: Record<string, Act> = {
  verify: act('/api/sources/{id}/verify', {
    fields: [{ name: 'verifierIds', kind: 'users', required: true, wide: true, help: 'source.twoOfficers' }],
  }),
  record_verification: act('/api/sources/{id}/verification', {
    fields: [
      { name: 'verification', kind: 'text', required: true, rows: 6 },
      { name: 'handlingOpinion', kind: 'text' },
    ],
  }),
  exclude: act('/api/sources/{id}/exclusions', {
    fields: [
      {
        name: 'ground',
        kind: 'choice',
        required: true,
        label: 'field.exclusionGround',
        words: { prefix: 'word.exclusion', values: EXCLUSION_GROUNDS },
      },
      { name: 'from', kind: 'day', required: true },
      { name: 'to', kind: 'day', required: true },
    ],
  }),
  extend: act('/api/sources/{id}/extend', { fields: [{ name: 'grounds', kind: 'text', required: true }] }),
  decline: act('/api/sources/{id}/decline', {
    fields: [
      {
        name: 'ground',
        kind: 'choice',
        required: true,
        wide: true,
        words: { prefix: 'word.declineGround', values: DECLINE_GROUNDS },
      },
      { name: 'reasons', kind: 'text', required: true },
    ],
  }),
  hand_over: act('/api/sources/{id}/hand-over', {
    fields: [
      { name: 'agency', kind: 'line', required: true, wide: true },
      { name: 'reasons', kind: 'text', required: true },
    ],
  }),
  ...recordActs('/api/sources', [
    { name: 'foundOn', kind: 'day' },
    ...about,
    { name: 'content', kind: 'text', label: 'field.sourceContent' },
    { name: 'handlingOpinion', kind: 'text' },
    ...provider,
  ]),
};
