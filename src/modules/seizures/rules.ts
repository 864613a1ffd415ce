import { type Day, formatInstantOrNull } from '../../shared/clock.ts';
import { cmp, type Decimal } from '../../shared/decimal.ts';
import { AppError, conflict, type FieldError, unprocessable } from '../../shared/errors.ts';
import type { Flow } from '../../shared/workflow.ts';
import type { Category } from '../goods/schemas.ts';
import type { Basis, MeasureState } from './schemas.ts';

/** What may happen to a measure. After an urgent execution the head still decides: refused, it is lifted at once. */
export const MEASURE_FLOW = {
  proposed: { add_items: 'proposed', approve: 'approved', refuse: 'refused', execute_urgent: 'in_force' },
  approved: { add_items: 'approved', execute: 'in_force' },
  refused: {},
  in_force: {
    approve: 'in_force',
    refuse: 'lifted',
    extend: 'in_force',
    seal: 'in_force',
    // Asked for, and agreed to for a part; the whole ends it.
    lift: 'in_force',
    lift_whole: 'lifted',
    return_items: 'in_force',
    // A preservation lapses by itself (S03); a sealing or a seizure never does.
    lapse: 'lifted',
  },
  lifted: { return_items: 'lifted' },
  expired: {},
  ended: {},
} as const satisfies Flow<MeasureState>;

/** The articles the refusals name. */
export const ARTICLES = {
  approval: '《行政强制法》第十八条第一项、第十九条',
  officers: '《行政强制法》第十七条第三款、第十八条第二项',
  present: '《行政强制法》第十八条第四项、第九项',
  ids: '《行政强制法》第十八条第三项',
  rights: '《行政强制法》第十八条第五项',
  record: '《行政强制法》第十八条第七项',
  limits: '《行政强制法》第二十三条',
  papers: '《行政强制法》第十八条、第二十四条',
  period: '《行政强制法》第二十五条；《食品安全法实施条例》第六十一条',
  release: '《行政强制法》第二十八条第一款第四项',
  basis:
    '《食品安全法》第一百一十条、第一百五十条；《国务院关于加强食品等产品安全监督管理的特别规定》第十五条',
  dwelling: '《市场监督管理行政处罚程序规定》第四十条',
  sealing: '《市场监督管理行政处罚程序规定》第四十一条第二款',
} as const;

const FOOD: readonly Basis[] = ['FSL110_4', 'PQL18'];
const MEANS: readonly Basis[] = ['TBGD15_3', 'PQL18'];

/** Which bases a category allows (K19). Devices are copied or registered, daily necessities left with the party. */
export const BASES: Record<Category, readonly Basis[]> = {
  product: FOOD,
  raw_material: FOOD,
  semi_finished: FOOD,
  // What touches food is a related product (FSL 150); printed film and cartons are the auxiliary materials of TBGD 15(3).
  packaging: [...FOOD, 'TBGD15_3'],
  food_tool: FOOD,
  other_tool: MEANS,
  documents: ['TBGD15_2'],
  device: [],
  premises: ['FSL110_5'],
  daily_necessities: [],
  other: MEANS,
};

/** A line proposed for a measure, with what is known of its item. */
export type Line = {
  category: Category;
  basis: Basis;
  quantity: Decimal | undefined;
  /** What of it is still with the party; null for premises. */
  found: Decimal | null;
  sealedBy: string | null;
  /** Another measure that still stands lists it. */
  isTaken: boolean;
  isOfMatter: boolean;
};

type Refusal = { code: string; field: string; gate: 'K18' | 'K19'; article: string };

const k18 = (code: string, field = 'itemId'): Refusal => ({
  code,
  field,
  gate: 'K18',
  article: ARTICLES.limits,
});
const k19 = (code: string, field = 'basis'): Refusal => ({
  code,
  field,
  gate: 'K19',
  article: ARTICLES.basis,
});

type Check = (line: Line, kind: string) => Refusal | false;

// In the order in which an officer can do something about it.
const CHECKS: readonly Check[] = [
  ({ isOfMatter }) => !isOfMatter && k18('measure.of_other_matter'),
  ({ category }) => category === 'daily_necessities' && k18('measure.daily_necessities'),
  ({ sealedBy }) => sealedBy !== null && k18('measure.sealed_elsewhere'),
  ({ isTaken }) => isTaken && k18('measure.in_other_measure'),
  ({ category }) => category === 'device' && k19('measure.device', 'itemId'),
  ({ category }, kind) =>
    category === 'premises' && kind === 'seizure' && k19('measure.premises_seized', 'itemId'),
  ({ category, basis }) => !BASES[category].includes(basis) && k19('measure.basis_not_of_category'),
  ({ quantity, found }) => isTooMuch(quantity, found) && k18('measure.more_than_found', 'quantity'),
];

function isTooMuch(quantity: Decimal | undefined, found: Decimal | null): boolean {
  if (found === null) return quantity !== undefined;
  return cmp(found, '0') === 0 || cmp(quantity ?? '0', found) > 0;
}

/** Refuses lines no measure of this kind may take: 422 by the first, with the fields `items.<n>.…` of all. */
export function checkLines(kind: string, lines: readonly Line[]): void {
  const refused = lines.flatMap((line, index) => {
    const refusal = firstRefusal(line, kind);
    return refusal ? [{ ...refusal, field: `items.${index}.${refusal.field}` }] : [];
  });
  const [first] = refused;
  if (!first) return;
  const errors: FieldError[] = refused.map(({ field, code }) => ({ field, code }));
  throw new AppError(422, first.code, { gate: first.gate, article: first.article }, errors);
}

function firstRefusal(line: Line, kind: string): Refusal | undefined {
  for (const check of CHECKS) {
    const refusal = check(line, kind);
    if (refusal) return refusal;
  }
  return undefined;
}

/** How a measure was carried out, as far as the law prescribes it. */
export type Execution = {
  kind: string;
  inspectionStarted: boolean;
  /** The record says that the officers showed their papers. */
  idsShown: boolean;
  isDwelling: boolean;
  /** How many of the named officers were on the scene as the bureau's own. */
  officersOnScene: number;
  partyPresent: boolean;
  witnessName: string | undefined;
  rightsTold: boolean;
  /** False: the inspection is over, and its record does not say what the party was told. */
  isToldOnRecord: boolean;
  keepingPlace: string | undefined;
  dwellingHandover: string | undefined;
  seals: number;
  items: number;
};

const k17 = (code: string, article: string, field?: string): AppError =>
  unprocessable(code, { gate: 'K17', article }, field ? [{ field, code }] : undefined);

/**
 * What ACL 18 and CXGD 40, 41 ask of the carrying out. 422 with gate K17 (inspection, officers, party or witness,
 * papers shown, rights, list), K20 (dwelling), or the missing keeping place or seals.
 */
export function checkExecution(execution: Execution): void {
  if (!execution.inspectionStarted) throw k17('measure.no_inspection', ARTICLES.record, 'inspectionId');
  if (execution.officersOnScene < 2) throw k17('measure.officers_on_scene', ARTICLES.officers, 'officerIds');
  if (!execution.partyPresent && !execution.witnessName) {
    throw k17('measure.nobody_present', ARTICLES.present, 'witnessName');
  }
  requireTold(execution);
  if (execution.items === 0) throw k17('measure.no_items', ARTICLES.papers);
  checkKeeping(execution);
}

// An absent party can be shown nothing.
function requireTold(execution: Execution): void {
  if (execution.partyPresent && !execution.idsShown) {
    throw k17('measure.ids_not_shown', ARTICLES.ids, 'inspectionId');
  }
  if (!execution.rightsTold) throw k17('measure.rights_not_told', ARTICLES.rights, 'rightsTold');
  if (!execution.isToldOnRecord) throw k17('measure.telling_not_recorded', ARTICLES.rights, 'inspectionId');
}

function checkKeeping({ kind, isDwelling, dwellingHandover, keepingPlace, seals }: Execution): void {
  if (isDwelling && kind === 'seizure' && !dwellingHandover) {
    const params = { gate: 'K20', article: ARTICLES.dwelling };
    throw unprocessable('measure.dwelling', params, [{ field: 'dwellingHandover', code: 'field.required' }]);
  }
  if (kind === 'seizure' && !keepingPlace) {
    throw unprocessable('measure.keeping_place', {}, [{ field: 'keepingPlace', code: 'field.required' }]);
  }
  if (kind === 'sealing' && seals === 0) {
    const params = { article: ARTICLES.sealing };
    throw unprocessable('measure.seals_needed', params, [{ field: 'seals', code: 'field.required' }]);
  }
}

type Proposed = { state: MeasureState; isUrgent: boolean };

/** 409 with gate K17 where a measure is carried out before its approval, or as urgent though it was not proposed so. */
export function requireWay({ state, isUrgent }: Proposed, action: 'execute' | 'execute_urgent'): void {
  const params = { gate: 'K17', article: ARTICLES.approval };
  if (action === 'execute' && state === 'proposed') {
    throw conflict(isUrgent ? 'measure.is_urgent' : 'measure.not_approved', params);
  }
  if (action === 'execute_urgent' && state === 'proposed' && !isUrgent)
    throw conflict('measure.not_urgent', params);
}

/**
 * 422 with gate K17 where a measure carried out as an approved one is dated before the head approved it (ACL 18(1)).
 * Only one that is carried out as urgent goes before its approval (ACL 19).
 */
export function requireApprovedBy(executedAt: Date, decidedAt: Date | null): void {
  if (decidedAt !== null && executedAt >= decidedAt) return;
  const params = { gate: 'K17', article: ARTICLES.approval, decided: formatInstantOrNull(decidedAt) };
  const code = 'measure.before_approval';
  throw unprocessable(code, params, [{ field: 'executedAt', code, params }]);
}

/** The clocks a measure runs on: FSL 110 has its own extension (FSLR 61), every other basis that of ACL 25. */
export function clockRules(bases: readonly (string | null)[]): ('S04f' | 'S04')[] {
  const isFood = (basis: string | null): boolean => basis?.startsWith('FSL110') ?? false;
  return [...(bases.some(isFood) ? ['S04f' as const] : []), ...(bases.every(isFood) ? [] : ['S04' as const])];
}

/** The earliest last day of the clocks that run; null without one. */
export const endOf = (days: readonly (Day | null)[]): Day | null =>
  days.filter((day) => day !== null).toSorted()[0] ?? null;

type Held = { state: MeasureState; endsOn: Day | null; holding: number };

/** Whether what is held must be released: the last day has passed (ACL 28(1)(4)). A power never rolls over. */
export const isExpired = ({ state, endsOn, holding }: Held, today: Day): boolean =>
  state === 'in_force' && holding > 0 && endsOn !== null && endsOn < today;

type Extendable = { extendedOn: Day | null; endsOn: Day | null };

/**
 * Once, and before the last day ends (ACL 25, FSLR 61). 409 `measure.already_extended`, `measure.extend_too_late`,
 * `measure.extension_waiting`.
 */
export function requireExtendable({ extendedOn, endsOn }: Extendable, today: Day, isWaiting: boolean): void {
  const params = { article: ARTICLES.period };
  if (extendedOn !== null) throw conflict('measure.already_extended', params);
  if (endsOn === null || endsOn < today)
    throw conflict('measure.extend_too_late', { ...params, day: endsOn });
  if (isWaiting) throw conflict('measure.extension_waiting');
}

/** What stands in a measure as it is corrected. */
export type Asked = { state: MeasureState; approvalId: string | null; suspectedAct: string; reason: string };

/**
 * What the head is asked, or has approved, is not changed under his eyes before it is carried out: it is withdrawn and
 * proposed anew. Later it is corrected, with its history. 409 `measure.already_asked`.
 */
export function requireSameRequest(before: Asked, after: Asked): void {
  const isAsked = before.approvalId !== null && (before.state === 'proposed' || before.state === 'approved');
  const isSame = before.suspectedAct === after.suspectedAct && before.reason === after.reason;
  if (isAsked && !isSame)
    throw conflict('measure.already_asked', { gate: 'K17', article: ARTICLES.approval });
}

/** 409 where a measure that is carried out would be voided, or one the head is asked about. */
export function requireVoidable({ state, isWaiting }: { state: MeasureState; isWaiting: boolean }): void {
  if (state !== 'proposed' && state !== 'approved' && state !== 'refused')
    throw conflict('measure.already_decided');
  if (isWaiting) throw conflict('measure.approval_waiting');
}
