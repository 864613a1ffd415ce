import { type RawBuilder, sql } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { Reporters } from '../../db/schema.ts';
import type { Selectable } from 'kysely';

/** Whom a tip is about: what is known of him by his own name is no secret of the reporter's. */
export type Respondent = { respondentName: string; respondentAddress: string | null };

const OF_CASE = "select 'case', case_id from";
const OF_BOTH = (table: string): string =>
  `select 'source', source_id from ${table} where id = up.id union all ${OF_CASE} ${table} where id = up.id`;

/** What each kind of thing hangs on: kind → its parents, of `up.id`. All end in a source, or in a tip itself. */
const PARENTS: Record<string, string> = {
  source: "select 'tip', tip_id from sources where id = up.id",
  case: "select 'source', source_id from cases where id = up.id",
  operation: OF_BOTH('operations'),
  inspection: `${OF_BOTH('inspections')} union all select 'operation', operation_id from inspections where id = up.id`,
  measure: OF_BOTH('measures'),
  sample: OF_BOTH('samples'),
  clue_notice: OF_BOTH('clue_notices'),
  transfer: `${OF_CASE} transfers where id = up.id`,
  goods: `${OF_CASE} goods_items where id = up.id
    union all select 'measure', measure_id from goods_items where id = up.id
    union all select 'inspection', inspection_id from goods_items where id = up.id`,
  violation: `${OF_CASE} violations where id = up.id`,
  sale: `${OF_CASE} case_sales where id = up.id`,
  hearing: `${OF_CASE} hearings where id = up.id`,
  penalty_proposal: `${OF_CASE} penalty_proposals where id = up.id`,
  decision: `${OF_CASE} decisions where id = up.id`,
  demand: "select 'decision', decision_id from demands where id = up.id",
  court_application: "select 'decision', decision_id from court_applications where id = up.id",
  service: 'select subject_kind, subject_id from services where id = up.id',
  approval: 'select subject_kind, subject_id from approvals where id = up.id',
  // The paper of the report itself names its reporter, and is sealed.
  document: "select subject_kind, subject_id from documents where id = up.id and subject_kind <> 'tip'",
};

/** The kinds of things that may hang on a tip. */
export const KINDS: readonly string[] = Object.keys(PARENTS);

const parents: RawBuilder<unknown> = sql.join(
  Object.entries(PARENTS).map(
    ([kind, query]) =>
      sql`select p.kind, p.id from (${sql.raw(query)}) p (kind, id) where up.kind = ${sql.lit(kind)}`,
  ),
  sql` union all `,
);

type Behind = Pick<Selectable<Reporters>, 'sealed' | 'keyId' | 'alg'> & Respondent;

/** The reporters of the tips a thing goes back to, sealed; one query, whatever the thing. */
export async function reportersBehind(
  { db }: TxCtx,
  { kind, id }: { kind: string; id: string },
): Promise<Behind[]> {
  if (kind !== 'tip' && !KINDS.includes(kind)) return [];
  const { rows } = await sql<Behind>`
    with recursive up (kind, id) as (
      select ${kind}::text, ${id}::uuid
      union
      select p.kind, p.id from up cross join lateral (${parents}) p (kind, id) where p.id is not null
    )
    select r.sealed, r.key_id, r.alg, t.respondent_name, t.respondent_address
    from up join tips t on up.kind = 'tip' and t.id = up.id join reporters r on r.id = t.reporter_id`.execute(
    db,
  );
  return rows;
}
