import { type Act, act } from '../../components/act.ts';
import { recordActs } from '../../components/record-acts.ts';
import type { Field } from '../../components/fields.ts';
import { AddItemsBody, LiftBody, noLines, partOf, ReturnBody, SealsBody } from './lines-body.tsx';

const execution = [
  { name: 'executedAt', kind: 'instant', help: 'referral.nowHelp' },
  { name: 'officerIds', kind: 'users', help: 'source.twoOfficers' },
  { name: 'partyPresent', kind: 'yes', label: 'measure.partyPresent' },
  { name: 'rightsTold', kind: 'yes' },
  { name: 'witnessName', kind: 'line' },
  { name: 'keeper', kind: 'line' },
  { name: 'keepingPlace', kind: 'line' },
  { name: 'keepingConditions', kind: 'line', required: true },
  { name: 'dwellingHandover', kind: 'text', rows: 2 },
] as const satisfies Field[];

const carriedOut = {
  fields: execution,
  Body: SealsBody,
  initial: () => ({ partyPresent: false, rightsTold: false, seals: [{}] }),
};

/** What may be done with a measure. */
export const measureActs: Record<string, Act> = {
  add_items: act('/api/measures/{id}/items', { Body: AddItemsBody, initial: () => ({ items: [{}] }) }),
  execute: act('/api/measures/{id}/execute', carriedOut),
  execute_urgent: act('/api/measures/{id}/execute-urgent', carriedOut),
  extend: act('/api/measures/{id}/extend', { fields: [{ name: 'reason', kind: 'text', required: true }] }),
  seal: act('/api/measures/{id}/seals', { Body: SealsBody, initial: () => ({ seals: [{}] }) }),
  lift: act('/api/measures/{id}/lift', {
    Body: LiftBody,
    initial: noLines,
    body: (values) => partOf(values) as never,
  }),
  return_items: act('/api/measures/{id}/return-items', {
    Body: ReturnBody,
    initial: noLines,
    body: (values) => partOf(values) as never,
  }),
  ...recordActs('/api/measures', [
    { name: 'suspectedAct', kind: 'text' },
    { name: 'place', kind: 'line', label: 'field.measurePlace' },
    { name: 'keepingPlace', kind: 'line' },
    { name: 'keepingConditions', kind: 'line' },
  ]),
};
