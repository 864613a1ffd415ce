import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { badRequest } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { type Division, readDivisions } from './divisions-csv.ts';

const FOLDER = join(import.meta.dirname, '../../data/divisions');
const SHIPPED = ['counties.csv', 'streets-51.csv'];
const SHIPPED_EDITION = '2023';

/** How many rows were new, how many changed, how many are abolished now. */
export type ImportedDivisions = {
  edition: string;
  read: number;
  added: number;
  changed: number;
  abolished: number;
};

/**
 * Loads administrative divisions: the project's own data, or a newer CSV. `edition` is the year they stand for.
 * What a newer edition no longer lists under a parent it does list stays, marked abolished at the end of the year
 * before; an older edition changes nothing a newer one said. 400 `division.bad_csv`, `division.bad_edition`.
 */
export async function importDivisions(
  ctx: Ctx,
  source: { csv?: string | undefined; edition?: string | undefined },
): Promise<ImportedDivisions> {
  const edition =
    source.edition ?? (source.csv === undefined ? SHIPPED_EDITION : String(ctx.now.getUTCFullYear()));
  if (!/^(19|20)\d{2}$/.test(edition)) throw badRequest('division.bad_edition', { edition });
  const divisions = source.csv === undefined ? await shipped() : readDivisions(source.csv);
  return inTx(ctx, async (tx) => {
    // Two imports at once would take each other's codes for abolished.
    await sql`select pg_advisory_xact_lock(hashtext('divisions'))`.execute(tx.db);
    const { added, changed } = await upsert(tx, divisions, edition);
    const abolished = await abolish(tx, divisions, edition);
    const result = { edition, read: divisions.length, added, changed, abolished };
    await audit(tx, {
      action: 'division.import',
      subject: { kind: 'division', id: edition },
      detail: result,
    });
    return result;
  });
}

async function shipped(): Promise<Division[]> {
  const files = await Promise.all(SHIPPED.map((name) => readFile(join(FOLDER, name), 'utf8')));
  return files.flatMap((csv) => readDivisions(csv));
}

/** One statement, however many rows: columns travel as arrays. */
async function upsert(
  tx: TxCtx,
  divisions: readonly Division[],
  edition: string,
): Promise<{ added: number; changed: number }> {
  const { rows } = await sql<{ added: number; changed: number }>`
    with given as (
      select * from unnest(
        ${divisions.map(({ code }) => code)}::text[],
        ${divisions.map(({ parent }) => parent)}::text[],
        ${divisions.map(({ level }) => level)}::text[],
        ${divisions.map(({ name }) => name)}::text[]
      ) as g (code, parent_code, level, name)
    ), written as (
      insert into divisions (code, parent_code, level, name, edition)
      select code, parent_code, level, name, ${edition} from given
      on conflict (code) do update
        set parent_code = excluded.parent_code, level = excluded.level, name = excluded.name,
            edition = excluded.edition, abolished_on = null
        where divisions.edition < excluded.edition
           or (divisions.edition = excluded.edition and divisions.name <> excluded.name)
      returning (xmax = 0) as is_new
    )
    select count(*) filter (where is_new) as added, count(*) filter (where not is_new) as changed from written
  `.execute(tx.db);
  return rows[0] ?? { added: 0, changed: 0 };
}

async function abolish(tx: TxCtx, divisions: readonly Division[], edition: string): Promise<number> {
  // A file of one province lists that province, and does not abolish the others.
  const listed = divisions.filter(({ level }) => level !== 'province');
  const parents = [...new Set(listed.map(({ parent, level }) => `${level}/${parent ?? ''}`))];
  const result = await tx.db
    .updateTable('divisions')
    .set({ abolishedOn: `${Number(edition) - 1}-12-31` })
    .where('edition', '<', edition)
    .where('abolishedOn', 'is', null)
    .where(sql<boolean>`level || '/' || coalesce(parent_code, '') = any(${parents})`)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
