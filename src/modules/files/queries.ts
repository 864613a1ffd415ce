import { type Kysely, sql } from 'kysely';
import type { Ctx } from '../../context.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { formatInstant } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import type { AttachmentAccess } from './access.ts';
import type { AttachmentFilter, AttachmentView } from './schemas.ts';

const attachments = (db: Kysely<DB>) =>
  db
    .selectFrom('attachments')
    .innerJoin('files', 'files.sha256', 'attachments.sha256')
    .select([
      'attachments.id',
      'attachments.subjectKind',
      'attachments.subjectId',
      'attachments.name',
      'attachments.note',
      'files.mediaType',
      'files.size',
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

type Row = Omit<AttachmentView, 'createdAt' | 'voidedAt'> & { createdAt: Date; voidedAt: Date | null };

const viewOf = (row: Row): AttachmentView => ({
  ...row,
  createdAt: formatInstant(row.createdAt),
  voidedAt: row.voidedAt && formatInstant(row.voidedAt),
});

/** One attachment, whoever may see it: the caller asks its owner before it shows anything. 404 where there is none. */
export async function getAttachment(db: Kysely<DB>, id: string): Promise<AttachmentView> {
  const row = await attachments(db).where('attachments.id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return viewOf(row);
}

/** What hangs on a thing, newest first; void ones too, marked. */
export async function listAttachments(
  ctx: Ctx,
  access: AttachmentAccess,
  filter: AttachmentFilter,
): Promise<Page<AttachmentView>> {
  const { bureauId } = await access(ctx, { kind: filter.subjectKind, id: filter.subjectId }, 'read');
  const query = attachments(ctx.db)
    .where('attachments.bureauId', '=', bureauId)
    .where('attachments.subjectKind', '=', filter.subjectKind)
    .where('attachments.subjectId', '=', filter.subjectId);
  const { items, next } = await page(query, { time: 'attachments.createdAt', id: 'attachments.id' }, filter);
  return { items: items.map(viewOf), next };
}
