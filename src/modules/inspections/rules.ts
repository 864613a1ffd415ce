import { conflict, unprocessable } from '../../shared/errors.ts';
import type { Flow } from '../../shared/workflow.ts';
import type { InspectionState, OperationState } from './schemas.ts';

/** One inspection: after its end the record is corrected, never rewritten. */
export const INSPECTION_FLOW = {
  planned: { start: 'under_way' },
  under_way: { record: 'under_way', end: 'ended' },
  ended: {},
} as const satisfies Flow<InspectionState>;

/** A joint operation. */
export const OPERATION_FLOW = {
  planned: { start: 'under_way', call_off: 'called_off' },
  under_way: { log: 'under_way', end: 'ended', call_off: 'called_off' },
  ended: {},
  called_off: {},
} as const satisfies Flow<OperationState>;

const TWO_OFFICERS = '《行政处罚法》第四十二条、《市场监督管理行政处罚程序规定》第二十二条';
const RIGHTS = '《市场监督管理行政处罚程序规定》第二十一条第二款、《行政处罚法》第五十五条';
const RECORD = '《市场监督管理行政处罚程序规定》第二十八条';
const MEASURE_TOLD = '《行政强制法》第十八条第五项、第六项';
const REFUSED = '《行政强制法》第十八条第八项';
const WITNESS = '《行政强制法》第十八条第九项';

/** What of an on-site record its completeness hangs on. */
export type RecordFields = {
  partyPresent: 'present' | 'absent' | null;
  idsShownAnswer: string | null;
  rightsToldAnswer: string | null;
  findings: string | null;
  measuresTold: string | null;
  partyStatement: string | null;
  closingAnswer: string | null;
  partyRefusedToSign: boolean | null;
  refusalNote: string | null;
};

const missing = (code: string, field: string, law: { gate?: string; article: string }) =>
  unprocessable(code, law, [{ field, code: 'field.required' }]);

/**
 * K2: evidence is taken only after the officers have shown their papers and told the party its rights (CXGD 21(2)).
 * 422 `inspection.rights_not_told` where something was found or said before; an absent party cannot be told.
 */
export function requireRightsTold(record: RecordFields): void {
  if (record.partyPresent === 'absent') return;
  const isTaken = record.findings ?? record.measuresTold ?? record.partyStatement;
  if (isTaken === null) return;
  const law = { gate: 'K2', article: RIGHTS };
  if (record.idsShownAnswer === null) throw missing('inspection.rights_not_told', 'idsShownAnswer', law);
  if (record.rightsToldAnswer === null) throw missing('inspection.rights_not_told', 'rightsToldAnswer', law);
}

/** Who was there, and whether a coercive measure was carried out in the course of the inspection. */
export type Scene = { officers: number; witnesses: number; hasMeasure: boolean };

/**
 * An inspection ends with a whole record: two officers (K1), findings, the answers of a present party or a witness for
 * an absent one (K17), what a measure requires to be told, and why somebody would not sign. 422 names what is missing.
 */
export function requireWholeRecord(record: RecordFields, scene: Scene): void {
  const { officers } = scene;
  if (officers < 2) {
    throw unprocessable('officer.two_certified', {
      gate: 'K1',
      article: TWO_OFFICERS,
      named: officers,
      valid: officers,
    });
  }
  if (record.findings === null) throw missing('inspection.findings_missing', 'findings', { article: RECORD });
  requireRightsTold(record);
  requireParty(record, scene);
  if (scene.hasMeasure && record.measuresTold === null) {
    throw missing('inspection.measure_not_told', 'measuresTold', { gate: 'K17', article: MEASURE_TOLD });
  }
}

function requireParty(record: RecordFields, scene: Scene): void {
  if (record.partyPresent === 'absent') {
    if (scene.witnesses > 0) return;
    throw missing('inspection.witness_missing', 'people', { gate: 'K17', article: WITNESS });
  }
  if (record.partyRefusedToSign === true) {
    if (record.refusalNote !== null) return;
    throw missing('inspection.refusal_not_noted', 'refusalNote', { gate: 'K17', article: REFUSED });
  }
  if (record.closingAnswer === null) {
    throw missing('inspection.closing_answer_missing', 'closingAnswer', { article: RECORD });
  }
}

/** An inspection of a joint operation begins when the operation has begun. 409 `inspection.operation_not_under_way`. */
export function requireOperationUnderWay(state: OperationState | null): void {
  if (state !== null && state !== 'under_way')
    throw conflict('inspection.operation_not_under_way', { state });
}

/** 409 `operation.not_open` where an inspection is planned in an operation that is over. */
export function requireOperationOpen(state: OperationState): void {
  if (state === 'ended' || state === 'called_off') throw conflict('operation.not_open', { state });
}

/** What the officers must have before their eyes at this place: each a gate, its article and its sentence's key. */
export function remindersFor({
  isDwelling,
}: {
  isDwelling: boolean;
}): { gate: string; article: string; code: string }[] {
  if (!isDwelling) return [];
  const article = '《市场监督管理行政处罚程序规定》第四十条';
  return [{ gate: 'K20', article, code: 'inspection.dwelling' }];
}

/** When an inspection began and ended, as a correction leaves it. */
export type Times = { startedAt: Date | null; endedAt: Date | null };

/** 409 `inspection.not_so_far` where a correction gives a time to what has not begun or not ended yet. */
export function requireSameProgress(before: Times, after: Times): void {
  const isNew = (name: keyof Times): boolean => before[name] === null && after[name] !== null;
  if (isNew('startedAt') || isNew('endedAt')) throw conflict('inspection.not_so_far');
}

/** What was done in the course of an inspection or an operation and would hang in the air without it. */
export function requireUnused(uses: number, code: 'inspection.in_use' | 'operation.in_use'): void {
  if (uses > 0) throw conflict(code, { uses });
}
