import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { isOwnOnly, ownBureau } from '../../db/scope.ts';
import { forbidden, unprocessable } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { getTip } from './queries.ts';
import type { LinkInput, TipView } from './schemas.ts';
import { type Report, restartForNewFacts } from './new-facts.ts';
import { lockForAct, type TipRecord, updateTip } from './store.ts';

/**
 * Keeps what an officer says of two tips: a repeat, a matter that belongs to it, or one that only looks alike. It moves
 * no state, and of the clocks only that of a report to which it brings new facts (C07). 422 `tip.link_unknown` where there is no such tip, `tip.link_itself`.
 */
export async function linkTip(ctx: Ctx, id: string, body: LinkInput): Promise<TipView> {
  return inTx(ctx, async (tx) => {
    const tip = await lockForAct(tx, id);
    await keepLinks(tx, tip, [body], '');
    await updateTip(tx, tip, {});
    return getTip(tx, id);
  });
}

/** Links a tip to others by their numbers; `at` is where the links stand in the body. 403 for who may not link. */
export async function keepLinks(
  tx: TxCtx,
  tip: Report,
  links: readonly LinkInput[],
  at = 'links.',
): Promise<void> {
  if (links.length === 0) return;
  if (!tx.actor.permissions.has('tip.link')) throw forbidden();
  const ids = await idsByNumber(tx, links);
  for (const [place, { number, relation, note }] of links.entries()) {
    const otherId = ids.get(number);
    const code = otherId === undefined ? 'tip.link_unknown' : otherId === tip.id ? 'tip.link_itself' : null;
    const field = at === '' ? 'number' : `${at}${place}.number`;
    if (code) throw unprocessable(code, { number }, [{ field, code, params: { number } }]);
    await insertLink(tx, tip, { otherId: otherId!, relation, note });
    if (relation === 'new_facts') await restartForNewFacts(tx, tip, otherId!);
  }
}

async function idsByNumber(tx: TxCtx, links: readonly LinkInput[]): Promise<Map<string, string>> {
  const numbers = links.map(({ number }) => number);
  const rows = await tx.db
    .selectFrom('tips')
    .select(['id', 'number'])
    .where('bureauId', '=', ownBureau(tx.actor))
    .where('number', 'in', numbers)
    .where('voidedAt', 'is', null)
    .$if(isOwnOnly(tx.actor, 'tip'), (query) => query.where('createdBy', '=', tx.actor.id))
    .execute();
  return new Map(rows.map(({ id, number }) => [number, id]));
}

type Line = { otherId: string; relation: LinkInput['relation']; note: string | undefined };

async function insertLink(
  tx: TxCtx,
  { id, bureauId }: Pick<TipRecord, 'id' | 'bureauId'>,
  { otherId, relation, note }: Line,
): Promise<void> {
  const line = { id: tx.newId(), bureauId, tipId: id, otherId, relation, note: note ?? null };
  await tx.db
    .insertInto('tipLinks')
    .values({ ...line, actorId: tx.actor.id, createdAt: tx.now })
    .execute();
  // The note may say who reported.
  const detail = { otherId, relation };
  await audit(tx, { action: 'tip.link', subject: { kind: 'tip', id }, detail });
}
