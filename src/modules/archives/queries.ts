import type { Ctx, TxCtx } from '../../context.ts';
import { notFound } from '../../shared/errors.ts';
import { proposedFile } from './proposed-file.ts';
import { ARTICLE, bind, type Bound, keepUntil } from './rules.ts';
import type { FileView, Volume } from './schemas.ts';

const boundItems = ({ db }: Ctx | TxCtx, caseId: string): Promise<Bound[]> =>
  db
    .selectFrom('caseFileItems')
    .select(['volume', 'section', 'no', 'title', 'number', 'madeOn', 'fromPage', 'toPage'])
    .where('caseId', '=', caseId)
    .orderBy('volume')
    .orderBy('no')
    .execute();

const volumeOf = (items: readonly Bound[], volume: Volume): FileView['volumes'][number] => {
  const own = items.filter((item) => item.volume === volume);
  return { volume, pages: own.at(-1)?.toPage ?? 0, items: own };
};

/** The table of contents of a case's file: as it was bound, or as it would be now. 404. */
export async function fileOf(ctx: Ctx, caseId: string): Promise<FileView> {
  const row = await ctx.db
    .selectFrom('cases')
    .select([
      'archiveNumber',
      'archivedOn',
      'retention',
      'filedBy',
      'fileCheckedBy as checkedBy',
      'fileNote as note',
    ])
    .where('id', '=', caseId)
    .where('bureauId', '=', ctx.actor.bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  const isBound = row.archivedOn !== null;
  const items = isBound ? await boundItems(ctx, caseId) : bind(await proposedFile(ctx, caseId));
  return {
    ...row,
    isBound,
    keepUntil: isBound && row.retention ? keepUntil(row.retention, row.archivedOn!) : null,
    article: ARTICLE,
    volumes: [volumeOf(items, 'main'), volumeOf(items, 'secondary')],
  };
}
