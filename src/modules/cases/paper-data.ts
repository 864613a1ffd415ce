import type { Kysely, Selectable } from 'kysely';
import type { Approvals, DB } from '../../db/schema.ts';
import { text } from '../../i18n/index.ts';
import { dayOf } from '../../shared/clock.ts';
import { conflict, notFound } from '../../shared/errors.ts';

type Names = (id: string | null) => string | undefined;

/** What the head's decision says where the opinion beside it does not say it. */
const DECISION = { approved: '同意。', refused: '不同意。' } as const;

/**
 * 行政处罚案件有关事项审批表 (#8) of one approval: what was asked, by whom, the unit's opinion, the decision, and the
 * mark of an approval that followed an urgent measure (ACL 19). 404; 409 `approval.not_decided`.
 */
export async function matterApprovalPaper(
  db: Kysely<DB>,
  bureauId: string,
  id: string,
): Promise<Record<string, unknown>> {
  const row = await db
    .selectFrom('approvals')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  // Printed before, it would be a form somebody fills with an opinion nobody gave.
  if (row.decidedAt === null) throw conflict('approval.not_decided', { state: row.state });
  const nameOf = await namesOf(db, [...row.proposedBy, row.unitBy, row.decidedBy]);
  return {
    caseName: row.title,
    matter: text('zh', `matter.${row.matter}`),
    reasons: row.grounds,
    handlers: row.proposedBy.map((officer) => ({ name: nameOf(officer) ?? '' })),
    proposedOn: dayOf(row.proposedAt),
    ...unitPart(row, nameOf),
    ...headPart(row, nameOf),
    ...(row.afterTheFact ? { remark: '情况紧急，当场实施后补办批准手续（《行政强制法》第十九条）。' } : {}),
  };
}

async function namesOf(db: Kysely<DB>, ids: readonly (string | null)[]): Promise<Names> {
  const wanted = ids.filter((id) => id !== null);
  const rows = await db.selectFrom('users').select(['id', 'name']).where('id', 'in', wanted).execute();
  const names = new Map(rows.map((user) => [user.id, user.name]));
  return (id) => (id === null ? undefined : names.get(id));
}

function unitPart(row: Selectable<Approvals>, nameOf: Names): Record<string, unknown> {
  if (row.unitOpinion === null || row.unitAt === null) return {};
  return { unitOpinion: row.unitOpinion, unitHead: nameOf(row.unitBy), unitOpinionOn: dayOf(row.unitAt) };
}

function headPart(row: Selectable<Approvals>, nameOf: Names): Record<string, unknown> {
  if ((row.state !== 'approved' && row.state !== 'refused') || row.decidedAt === null) return {};
  const said = row.opinion ?? '';
  // Most heads write the verdict themselves.
  const opinion = /^不?(同意|批准)/u.test(said) ? said : `${DECISION[row.state]}${said}`;
  return { bureauOpinion: opinion, bureauHead: nameOf(row.decidedBy), bureauOpinionOn: dayOf(row.decidedAt) };
}
