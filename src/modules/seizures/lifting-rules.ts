import data from '../../data/measures.json' with { type: 'json' };
import { type Day, formatInstant } from '../../shared/clock.ts';
import { conflict, type FieldError, unprocessable } from '../../shared/errors.ts';
import type { ItemRow, ReleaseLine } from '../goods/index.ts';

const ASKING = '《市场监督管理行政处罚程序规定》第三十六条第一款';
const RETURNING = '《市场监督管理行政处罚程序规定》第四十二条第二款';

/** The law a goods that is let go is handed back by: both sides sign (K21). */
export const RETURN_LAW = { gate: 'K21', article: RETURNING } as const;

/** A ground of ACL 28(1), in the words of the law. */
export const liftGround = (key: string) => data.liftGrounds.grounds.find((ground) => ground.key === key)!;

/** Where the grounds stand. */
export const LIFT_ARTICLE = data.liftGrounds.article;

type Liftable = { matters: readonly string[]; holding: number };

/**
 * Lifting is the head's to decide (K21, CXGD 36), and asked for one at a time. 409 `measure.lift_waiting`; 409
 * `measure.approval_waiting` while he has not decided on an urgent measure (his refusal lifts it); 409
 * `measure.nothing_held`.
 */
export function requireLiftable({ matters, holding }: Liftable): void {
  const law = { gate: 'K21', article: ASKING };
  if (matters.includes('measure.lift')) throw conflict('measure.lift_waiting', law);
  if (matters.includes('measure.impose')) throw conflict('measure.approval_waiting', law);
  if (holding === 0) throw conflict('measure.nothing_held');
}

/** 422 `measure.period_runs`: a period that has not ended is no ground to lift by its end (ACL 28(1)(4)). */
export function checkGround(ground: string, { endsOn, today }: { endsOn: Day | null; today: Day }): void {
  if (ground !== 'period_over' || (endsOn !== null && endsOn < today)) return;
  const params = { day: endsOn, article: LIFT_ARTICLE };
  throw unprocessable('measure.period_runs', params, [
    { field: 'ground', code: 'measure.period_runs', params },
  ]);
}

/** 422 `measure.not_held`, each line named, where the measure holds nothing of it. */
export function requireHeld(lines: readonly ReleaseLine[], held: readonly ItemRow[]): void {
  const known = new Set(held.map(({ id }) => id));
  const code = 'measure.not_held';
  const errors = lines.flatMap(({ itemId }, n): FieldError[] =>
    known.has(itemId) ? [] : [{ field: `items.${n}.itemId`, code }],
  );
  if (errors.length > 0) throw unprocessable(code, {}, errors);
}

/** Which S clocks have nothing left to run for: the basis of a line decides whose it is (FSLR 61). */
export function endedRules(held: readonly { basis: string | null }[]): ('S04f' | 'S04')[] {
  const isFood = (basis: string | null): boolean => basis?.startsWith('FSL110') ?? false;
  return [
    ...(held.some(({ basis }) => isFood(basis)) ? [] : ['S04f' as const]),
    ...(held.some(({ basis }) => !isFood(basis)) ? [] : ['S04' as const]),
  ];
}

const MOST_NAMED = 20;

/** What the head is asked to let go, line by line. */
export function namesOf(lines: readonly ReleaseLine[] | null, items: readonly ItemRow[]): string {
  if (lines === null) return '解除全部查封、扣押的场所、设施、财物。';
  const byId = new Map(items.map((item) => [item.id, item]));
  const named = lines.slice(0, MOST_NAMED).map(({ itemId, quantity }) => {
    const item = byId.get(itemId);
    return quantity === null ? `${item?.name}（全部）` : `${item?.name}${quantity}${item?.unit ?? ''}`;
  });
  const more = lines.length > MOST_NAMED ? `等${lines.length}项` : '';
  return `部分解除：${named.join('；')}${more}。`;
}

/** 409 `measure.nothing_to_return` where nothing that was let go is kept in the house. */
export function requireToReturn(toReturn: number): void {
  if (toReturn === 0) throw conflict('measure.nothing_to_return');
}

/** 422 `measure.return_before_lifting`: nothing is handed back that is not let go. */
export function requireAfter(returnedAt: Date, liftedAt: Date | null): void {
  if (liftedAt === null || returnedAt >= liftedAt) return;
  const code = 'measure.return_before_lifting';
  const params = { lifted: formatInstant(liftedAt) };
  throw unprocessable(code, params, [{ field: 'returnedAt', code, params }]);
}
