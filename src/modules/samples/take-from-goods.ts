import type { TxCtx } from '../../context.ts';
import { add, cmp, sum } from '../../shared/decimal.ts';
import { AppError, type FieldError, unprocessable } from '../../shared/errors.ts';
import { move, partyAccount } from '../goods/index.ts';
import type { Ties } from '../inspections/index.ts';
import type { CollectSampleInput } from './schemas.ts';

/** The sample the goods go into. */
export type Into = Ties & { id: string; inspectionId: string | null };

/**
 * Moves what a sample was taken of from where it lay to the laboratory: goods of the sample's own inspection, source
 * or case, counted in its unit, not more than its portions hold. 409 `goods.negative_balance`; 422
 * `sample.other_matter`, `sample.other_unit`, `sample.more_than_portions`, with the fields.
 */
export async function takeFromGoods(tx: TxCtx, sample: Into, body: CollectSampleInput): Promise<void> {
  const { items } = body;
  if (items.length === 0) return;
  const found = await goodsOf(
    tx,
    items.map(({ itemId }) => itemId),
  );
  checkGoods(sample, body, found);
  for (const { itemId, quantity, from } of items.toSorted((a, b) => a.itemId.localeCompare(b.itemId))) {
    const state = found.get(itemId)?.inspectionState ?? null;
    await move(tx, {
      itemId,
      quantity,
      from: from === 'scene' ? partyAccount(state) : { place: from, title: 'held' },
      to: { place: 'laboratory', title: 'held' },
      cause: 'sample.collect',
      subject: { kind: 'sample', id: sample.id },
    });
  }
}

type Found = {
  id: string;
  unit: string | null;
  inspectionId: string | null;
  inspectionState: string | null;
  sourceId: string | null;
  caseIds: (string | null)[];
};

async function goodsOf(tx: TxCtx, ids: readonly string[]): Promise<Map<string, Found>> {
  const rows = await tx.db
    .selectFrom('goodsItems')
    .leftJoin('inspections', 'inspections.id', 'goodsItems.inspectionId')
    .leftJoin('measures', 'measures.id', 'goodsItems.measureId')
    .select(['goodsItems.id', 'goodsItems.unit', 'goodsItems.inspectionId', 'goodsItems.caseId'])
    .select(['inspections.state as inspectionState', 'inspections.sourceId'])
    .select(['inspections.caseId as inspectionCaseId', 'measures.caseId as measureCaseId'])
    .where('goodsItems.id', 'in', ids)
    .where('goodsItems.bureauId', '=', tx.actor.bureauId)
    .execute();
  return new Map(
    rows.map(({ caseId, inspectionCaseId, measureCaseId, ...row }) => [
      row.id,
      { ...row, caseIds: [caseId, inspectionCaseId, measureCaseId] },
    ]),
  );
}

const isOf = (sample: Into, item: Found): boolean =>
  (sample.inspectionId !== null && item.inspectionId === sample.inspectionId) ||
  (sample.sourceId !== null && item.sourceId === sample.sourceId) ||
  (sample.caseId !== null && item.caseIds.includes(sample.caseId));

function checkGoods(sample: Into, body: CollectSampleInput, found: ReadonlyMap<string, Found>): void {
  const { items, portions, unit } = body;
  const errors = items.flatMap(({ itemId }, line): FieldError[] => {
    const item = found.get(itemId);
    const field = `items.${line}.itemId`;
    if (!item) return [{ field, code: 'goods.unknown_item' }];
    if (!isOf(sample, item)) return [{ field, code: 'sample.other_matter' }];
    return item.unit === unit
      ? []
      : [{ field, code: 'sample.other_unit', params: { unit: item.unit ?? '' } }];
  });
  const [first] = errors;
  if (first) throw new AppError(422, first.code, first.params ?? {}, errors);
  const taken = sum(items.map(({ quantity }) => quantity));
  const held = portions.reduce((so, { quantity }) => add(so, quantity), '0');
  if (cmp(taken, held) > 0) {
    const code = 'sample.more_than_portions';
    throw unprocessable(code, { taken, held }, [{ field: 'items', code, params: { taken, held } }]);
  }
}
