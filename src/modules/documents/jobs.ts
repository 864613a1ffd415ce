import type { Ctx, Job } from '../../context.ts';
import { renderIssued } from './render-issued.ts';

const AT_ONCE = 50;

/** Draws what was issued and not drawn: the process may have ended in between. One that cannot be drawn stops no other. */
export async function renderDocuments(ctx: Ctx): Promise<void> {
  const rows = await ctx.db
    .selectFrom('documents')
    .select('id')
    .where('state', '=', 'issuing')
    .orderBy('createdAt')
    .orderBy('id')
    .limit(AT_ONCE)
    .execute();
  for (const { id } of rows) {
    await renderIssued(ctx, id).catch((error: unknown) =>
      ctx.log.error({ err: error, documentId: id }, 'a paper could not be drawn; tried again'),
    );
  }
}

/** What documents do by the clock. */
export const documentJobs: readonly Job[] = [
  { name: 'documents.render', schedule: '*/10 * * * * *', run: renderDocuments },
];
