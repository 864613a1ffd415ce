import { type Insertable, type QueryCreator, type Selectable, sql } from 'kysely';
import intake from '../../data/intake.json' with { type: 'json' };
import type { Ctx, TxCtx } from '../../context.ts';
import { compiledOnce } from '../../db/compiled.ts';
import type { DB, Reporters, TipNumbers, Tips, Told } from '../../db/schema.ts';
import { isOwnOnly, ownBureau } from '../../db/scope.ts';
import { checkVersion } from '../../db/version.ts';
import { dayOf, yearOf } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import type { Vault } from '../../shared/vault.ts';
import { requireLive } from '../records/index.ts';
import { idKey, phoneKey, type Reporter } from './rules.ts';
import type { OutsideNumberInput, TipKind } from './schemas.ts';

export type TipRecord = Selectable<Tips>;

/** A tip nobody has done anything with. */
export const EMPTY_TIP = {
  state: 'received',
  demand: null,
  category: null,
  productName: null,
  brand: null,
  batchNo: null,
  boughtOn: null,
  boughtAt: null,
  platform: null,
  orderNo: null,
  amountFen: null,
  consentPublish: null,
  consentDelegate: null,
  refusalGround: null,
  refusalReasons: null,
  decidedOn: null,
  forwardedTo: null,
  reportBy: null,
  endReason: null,
  splitFrom: null,
  assignedUnitId: null,
  assignedUserIds: [] as string[],
  voidedAt: null,
  voidReason: null,
  version: 1,
} as const;

/** Holds the row of a tip of the actor's bureau, for an act: 404, 409 where it is void, 412 where it has moved on. */
export async function lockForAct(tx: TxCtx, id: string): Promise<TipRecord> {
  const tip = await lockTip(tx, id);
  if (isOwnOnly(tx.actor, 'tip') && tip.createdBy !== tx.actor.id) throw notFound();
  requireLive(tip);
  checkVersion(tx, tip);
  return tip;
}

/** Holds the row of a tip of the actor's bureau; 404 otherwise. */
export async function lockTip(tx: TxCtx, id: string): Promise<TipRecord> {
  const tip = await tx.db
    .selectFrom('tips')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', ownBureau(tx.actor))
    .forUpdate()
    .executeTakeFirst();
  if (!tip) throw notFound();
  return tip;
}

/** The row of a tip of the actor's bureau, to be read; 404 otherwise. */
export async function getRow(
  { db, actor }: Pick<Ctx | TxCtx, 'db' | 'actor'>,
  id: string,
): Promise<TipRecord> {
  const tip = await db
    .selectFrom('tips')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', ownBureau(actor))
    .executeTakeFirst();
  if (!tip) throw notFound();
  return tip;
}

type Changes = Partial<
  Pick<
    TipRecord,
    | 'state'
    | 'refusalGround'
    | 'refusalReasons'
    | 'decidedOn'
    | 'forwardedTo'
    | 'reportBy'
    | 'endReason'
    | 'reporterId'
    | 'receivedAt'
    | 'competentOn'
  >
>;

/** Writes changes to a locked tip and counts its version up. */
export async function updateTip(tx: TxCtx, tip: TipRecord, changes: Changes): Promise<void> {
  await tx.db
    .updateTable('tips')
    .set({ ...changes, version: tip.version + 1 })
    .where('id', '=', tip.id)
    .execute();
}

/** A number that begins with `head`, from a sequence: gaps are allowed, waiting is not. */
export const nextTipNumber = (head: string) => sql<string>`(
  select ${head}::text || lpad(n::text, greatest(length(n::text), ${intake.tipNumber.digits}::int), '0')
  from nextval('tip_number') as n)`;

/** What a tip's number begins with. */
export const numberHead = (kind: TipKind, receivedAt: Date): string =>
  `${intake.tipNumber.prefix[kind]}${yearOf(dayOf(receivedAt))}`;

/** What is kept of a reporter: one sealed text, and keyed hashes to find him again by phone or identity number. */
export function sealedReporter(vault: Vault, reporter: Reporter) {
  const { data, keyId, alg } = vault.seal(JSON.stringify(reporter));
  return {
    sealed: data,
    keyId,
    alg,
    phoneKey: reporter.phone === null ? null : vault.lookup('phone', phoneKey(reporter.phone)),
    idKey: reporter.idNumber === null ? null : vault.lookup('id', idKey(reporter.idNumber)),
  };
}

/** What `sealedReporter` sealed. */
export const openReporter = (
  vault: Vault,
  row: Pick<Selectable<Reporters>, 'sealed' | 'keyId' | 'alg'>,
): Reporter => JSON.parse(vault.open({ data: row.sealed, keyId: row.keyId, alg: row.alg })) as Reporter;

/** What a reporter was told, and why it did not reach him, where it did not. */
export type Saying = { content: string; failedReason: string | null };

/** The columns of what he was told: sealed, for both may name him. */
export function sealedTold(vault: Vault, { content, failedReason }: Saying) {
  const { data, keyId, alg } = vault.seal(JSON.stringify({ content, failedReason }));
  return { sealed: data, keyId, alg, content: null, failedReason: null };
}

/** What `sealedTold` sealed; as it stands, where it was kept before it was sealed. */
export function openTold(
  vault: Vault,
  row: Pick<Selectable<Told>, 'sealed' | 'keyId' | 'alg' | 'content' | 'failedReason'>,
): Saying {
  const { sealed, keyId, alg, content, failedReason } = row;
  if (sealed && keyId !== null && alg !== null) {
    return JSON.parse(vault.open({ data: sealed, keyId, alg })) as Saying;
  }
  return { content: content ?? '', failedReason };
}

/** The row of a reporter, sealed; its id is shown in no view. */
export const reporterRow = (
  tx: TxCtx,
  reporter: Reporter,
  isAnonymous: boolean,
): Omit<Selectable<Reporters>, 'version'> => ({
  id: tx.newId(),
  bureauId: ownBureau(tx.actor),
  ...sealedReporter(tx.vault, reporter),
  isAnonymous,
  createdAt: tx.now,
});

/** The reporter of a tip, opened, for a rule to look at; null where there is none. */
export async function findReporter(
  tx: TxCtx,
  tip: Pick<TipRecord, 'reporterId'>,
): Promise<{ reporter: Reporter; isAnonymous: boolean } | null> {
  if (tip.reporterId === null) return null;
  const row = await tx.db
    .selectFrom('reporters')
    .select(['sealed', 'keyId', 'alg', 'isAnonymous'])
    .where('id', '=', tip.reporterId)
    .executeTakeFirstOrThrow();
  return { reporter: openReporter(tx.vault, row), isAnonymous: row.isAnonymous };
}

/** The rows of the numbers other systems gave a tip, as the lists show them: by system and number. */
export const numberRows = (
  tx: TxCtx,
  tipId: string,
  numbers: readonly OutsideNumberInput[],
): Selectable<TipNumbers>[] =>
  numbers
    .toSorted((a, b) => (`${a.system}\0${a.number}` < `${b.system}\0${b.number}` ? -1 : 1))
    .map(({ system, number, theirState, answeredOn }) => ({
      id: tx.newId(),
      bureauId: ownBureau(tx.actor),
      tipId,
      system,
      number,
      theirState: theirState ?? null,
      answeredOn: answeredOn ?? null,
      voidedAt: null,
      createdAt: tx.now,
    }));

/** The rows that are written together when a tip comes in. */
export type NewTip = {
  tip: Omit<TipRecord, 'number'>;
  reporter: Omit<Selectable<Reporters>, 'version'> | null;
  numbers: readonly Selectable<TipNumbers>[];
};

type NewRows = {
  tip: Omit<Insertable<Tips>, 'number'>;
  reporters: Insertable<Reporters>[];
  numbers: readonly Insertable<TipNumbers>[];
  number: { head: string };
};

const insertRows = compiledOnce((db, { tip, reporters, numbers, number }: NewRows) =>
  db
    .with('kept', (kept) =>
      reporters.length > 0 ? kept.insertInto('reporters').values(reporters) : nothing(kept),
    )
    .with('numbered', (numbered) =>
      numbers.length > 0 ? numbered.insertInto('tipNumbers').values([...numbers]) : nothing(numbered),
    )
    .insertInto('tips')
    .values({ ...tip, number: nextTipNumber(number.head) })
    .returning('number'),
);

/**
 * Writes a tip with its reporter and outside numbers in one statement: this is what an intake desk waits for. Answers
 * its number. 409 `tip.outside_number_taken`.
 */
export async function insertTip(tx: TxCtx, { tip, reporter, numbers }: NewTip): Promise<string> {
  const written = await insertRows(tx.db, {
    tip,
    reporters: reporter ? [reporter] : [],
    numbers,
    number: { head: numberHead(tip.kind, tip.receivedAt) },
  });
  return written.rows[0]!.number;
}

/** The part of a statement for which there is nothing to write. */
const nothing = (db: QueryCreator<DB>) => db.selectNoFrom(sql.lit(null).as('nothing'));
