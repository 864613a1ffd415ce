import { formatInstant } from '../../shared/clock.ts';
import { type Ctx, inTx } from '../../context.ts';
import { isOwnOnly, ownBureau } from '../../db/scope.ts';
import { notFound } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { rowsOf, tipRows } from './queries.ts';
import { idKey, phoneKey, type Reporter } from './rules.ts';
import type { ByReporterInput, ReporterView, TipRow } from './schemas.ts';
import { openReporter, openTold } from './store.ts';

const NOBODY: Reporter = {
  name: null,
  phone: null,
  address: null,
  idType: null,
  idNumber: null,
  email: null,
  otherContact: null,
  organisation: null,
  representative: null,
};

/** Shows who reported, and what he was told; each look is written down. */
export async function lookAtReporter(ctx: Ctx, id: string): Promise<ReporterView> {
  return inTx(ctx, async (tx) => {
    const tip = await tx.db
      .selectFrom('tips')
      .leftJoin('reporters', 'reporters.id', 'tips.reporterId')
      .select(['tips.id', 'reporters.sealed', 'reporters.keyId', 'reporters.alg', 'reporters.isAnonymous'])
      .where('tips.id', '=', id)
      .where('tips.bureauId', '=', ownBureau(tx.actor))
      .$if(isOwnOnly(tx.actor, 'tip'), (query) => query.where('tips.createdBy', '=', tx.actor.id))
      .executeTakeFirst();
    if (!tip) throw notFound();
    const told = await tx.db
      .selectFrom('told')
      .select(['about', 'way', 'toldAt', 'content', 'failedReason', 'sealed', 'keyId', 'alg'])
      .where('tipId', '=', id)
      .orderBy('toldAt')
      .orderBy('id')
      .execute();
    await audit(tx, { action: 'tip.look_at_reporter', subject: { kind: 'tip', id } });
    const { sealed, keyId, alg } = tip;
    const reporter = sealed && keyId && alg ? openReporter(tx.vault, { sealed, keyId, alg }) : NOBODY;
    return {
      ...reporter,
      tipId: id,
      anonymous: tip.isAnonymous ?? true,
      told: told.map((row) => ({
        about: row.about,
        way: row.way,
        toldAt: formatInstant(row.toldAt),
        ...openTold(tx.vault, row),
      })),
    };
  });
}

const MOST_FOUND = 100;

/** The tips of one person, by phone or identity number, latest first; each search is written down, what was looked for is not. */
export async function listByReporter(ctx: Ctx, body: ByReporterInput): Promise<{ items: TipRow[] }> {
  const { phone, idNumber = '' } = body;
  // The request's hash would stand beside its key for two days: of a phone number it could be guessed.
  return inTx({ ...ctx, idempotency: null }, async (tx) => {
    const rows = tipRows(tx).innerJoin('reporters', 'reporters.id', 'tips.reporterId');
    const found =
      phone === undefined
        ? rows.where('reporters.idKey', '=', tx.vault.lookup('id', idKey(idNumber)))
        : rows.where('reporters.phoneKey', '=', tx.vault.lookup('phone', phoneKey(phone)));
    const items = await found
      .orderBy('tips.receivedAt', 'desc')
      .orderBy('tips.id', 'desc')
      .limit(MOST_FOUND)
      .execute();
    await audit(tx, {
      action: 'tip.search_by_reporter',
      subject: { kind: 'bureau', id: ownBureau(tx.actor) },
      detail: { by: phone === undefined ? 'idNumber' : 'phone', found: items.length },
    });
    return { items: await rowsOf(tx, items) };
  });
}
