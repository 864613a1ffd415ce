import { type Act, act } from '../../components/act.ts';
import { recordActs } from '../../components/record-acts.ts';
import type { Field } from '../../components/fields.ts';

const execution = [
  { name: 'executedAt', kind: 'instant', help: 'referral.nowHelp' },
  { name: 'officerIds', kind: 'users', help: 'source.twoOfficers' },
  { name: 'partyPresent', kind: 'yes' },
  { name: 'rightsTold', kind: 'yes' },
  { name: 'witnessName', kind: 'line' },
  { name: 'keeper', kind: 'line' },
  { name: 'keepingPlace', kind: 'line' },
  { name: 'keepingConditions', kind: 'line', required: true },
  { name: 'dwellingHandover', kind: 'text', rows: 2 },
] as const satisfies Field[];

const told = () => ({ partyPresent: false, rightsTold: false });

/** What may be done with a measure. */
export const measureActs: Record<string, Act> = {
  execute: act('/api/measures/{id}/execute', { fields: execution, initial: told }),
  execute_urgent: act('/api/measures/{id}/execute-urgent', { fields: execution, initial: told }),
  extend: act('/api/measures/{id}/extend', { fields: [{ name: 'reason', kind: 'text', required: true }] }),
  seal: act('/api/measures/{id}/seals', {
    fields: [
      {
        name: 'seals.0.number' as 'seals',
        kind: 'line',
        label: 'field.sealNumber',
        required: true,
        autoFocus: true,
      },
      { name: 'seals.0.place' as 'seals', kind: 'line', label: 'field.sealPlace', required: true },
      { name: 'seals.0.appliedAt' as 'seals', kind: 'instant', label: 'field.appliedAt' },
      { name: 'seals.0.remark' as 'seals', kind: 'line', label: 'field.remark' },
    ],
  }),
  ...recordActs('/api/measures', [
    { name: 'suspectedAct', kind: 'text' },
    { name: 'place', kind: 'line', label: 'field.measurePlace' },
    { name: 'keepingPlace', kind: 'line' },
    { name: 'keepingConditions', kind: 'line' },
  ]),
};
