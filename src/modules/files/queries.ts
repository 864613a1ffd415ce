import { type Kysely, sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { formatInstant } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import type { AttachmentAccess } from './access.ts';
import type { AttachmentFilter, AttachmentView } from './schemas.ts';
import { detailsOf } from './sealed-details.ts';

const attachments = (db: Kysely<DB>) =>
  db
    .selectFrom('attachments')
    .innerJoin('files', 'files.sha256', 'attachments.sha256')
    .select([
      'attachments.id',
      'attachments.subjectKind',
      'attachments.subjectId',
      'attachments.isConfidential',
      'attachments.sealed',
      'attachments.keyId',
      'attachments.alg',
      'attachments.bureauId',
      'attachments.name',
      'attachments.note',
      'attachments.mediaType',
      'files.size',
      'files.keyId as fileKeyId',
      'files.alg as fileAlg',
      'attachments.sha256',
      'attachments.createdBy',
      sql<string | null>`(select u.name from users u where u.id::text = attachments.created_by)`.as(
        'createdByName',
      ),
      'attachments.createdAt',
      'attachments.voidedAt',
      'attachments.voidReason',
      'attachments.version',
    ]);

/** An attachment as it is stored, with where and how its content lies. */
export type AttachmentRow = Awaited<ReturnType<ReturnType<typeof attachments>['executeTakeFirstOrThrow']>>;

/** An attachment as the caller may see it. */
export function viewOf(
  { vault }: Ctx | TxCtx,
  row: AttachmentRow,
  seesConfidential: boolean,
): AttachmentView {
  const { sealed: _s, keyId: _k, alg: _a, fileKeyId: _f, fileAlg: _g, bureauId: _b, ...shown } = row;
  return {
    ...shown,
    ...detailsOf(vault, row, seesConfidential),
    createdAt: formatInstant(row.createdAt),
    voidedAt: row.voidedAt && formatInstant(row.voidedAt),
  };
}

/** One attachment, whoever may see it: the caller asks its owner before it shows anything. 404 where there is none. */
export async function getAttachmentRow(db: Kysely<DB>, id: string): Promise<AttachmentRow> {
  const row = await attachments(db).where('attachments.id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** As `getAttachmentRow`, as the caller may see it. */
export const getAttachment = async (
  ctx: Ctx | TxCtx,
  id: string,
  seesConfidential: boolean,
): Promise<AttachmentView> => viewOf(ctx, await getAttachmentRow(ctx.db, id), seesConfidential);

/** What hangs on a thing, newest first; void ones too, marked. What is confidential is there for those who may see it. */
export async function listAttachments(
  ctx: Ctx,
  access: AttachmentAccess,
  filter: AttachmentFilter,
): Promise<Page<AttachmentView>> {
  const subject = { kind: filter.subjectKind, id: filter.subjectId };
  const { bureauId, seesConfidential } = await access(ctx, subject, 'read');
  const query = attachments(ctx.db)
    .where('attachments.bureauId', '=', bureauId)
    .where('attachments.subjectKind', '=', filter.subjectKind)
    .where('attachments.subjectId', '=', filter.subjectId)
    .$if(!seesConfidential, (only) => only.where('attachments.isConfidential', '=', false));
  const { items, next } = await page(query, { time: 'attachments.createdAt', id: 'attachments.id' }, filter);
  return { items: items.map((row) => viewOf(ctx, row, seesConfidential)), next };
}
