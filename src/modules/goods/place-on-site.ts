import { type Ctx, inTx } from '../../context.ts';
import { conflict, unprocessable } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { requireLive } from '../records/index.ts';
import { lockNamed, moveAll } from './move.ts';
import { itemsByIds } from './queries.ts';
import { AT_SCENE } from './rules.ts';
import type { Account, ItemList, MoveLinesInput } from './schemas.ts';
import { lockInspection } from './store.ts';

const TARGETS = {
  'goods.take_by_police': { place: 'police', title: 'held' },
  'goods.leave_on_site': { place: 'site', title: 'party' },
} as const satisfies Record<string, Account>;

type Placing = keyof typeof TARGETS;

/** What the police take with them on the spot, in a joint operation: from the scene into their hands. */
export const takeByPolice = (ctx: Ctx, id: string, body: MoveLinesInput): Promise<ItemList> =>
  placeOnSite(ctx, { id, action: 'goods.take_by_police' }, body);

/** What stays with the party on the spot. */
export const leaveOnSite = (ctx: Ctx, id: string, body: MoveLinesInput): Promise<ItemList> =>
  placeOnSite(ctx, { id, action: 'goods.leave_on_site' }, body);

/**
 * Moves lines of what an inspection found from the scene to where they stay, all or nothing. 404;
 * 409 `goods.negative_balance`, `goods.inspection_not_started`; 422 `goods.of_other_inspection`, with the fields.
 */
async function placeOnSite(
  ctx: Ctx,
  { id, action }: { id: string; action: Placing },
  body: MoveLinesInput,
): Promise<ItemList> {
  return inTx(ctx, async (tx) => {
    const inspection = await lockInspection(tx, id);
    requireLive(inspection);
    if (inspection.state === 'planned') throw conflict('goods.inspection_not_started');
    const ids = body.items.map(({ itemId }) => itemId);
    const items = await lockNamed(tx, ids);
    const here = new Set(items.filter((item) => item.inspectionId === id).map((item) => item.id));
    const code = 'goods.of_other_inspection';
    const errors = ids.flatMap((item, n) => (here.has(item) ? [] : [{ field: `items.${n}.itemId`, code }]));
    if (errors.length > 0) throw unprocessable(code, {}, errors);
    const subject = { kind: 'inspection', id };
    const posting = { from: AT_SCENE, to: TARGETS[action], cause: action, subject, lines: body.items };
    await moveAll(tx, { ...posting, reason: body.note });
    await audit(tx, { action, subject, detail: { items: body.items, note: body.note ?? null } });
    return { items: await itemsByIds(tx.db, ids), next: null };
  });
}
