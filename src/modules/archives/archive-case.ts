import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { type CaseRow, lockForAct, moveCase } from '../cases/index.ts';
import { fileOf } from './queries.ts';
import { bind, checkFile } from './rules.ts';
import type { ArchiveInput, FileView } from './schemas.ts';

/** Binds the file of a closed case in the order of CXGD 78, one case one file. 409; 422 `archive.incomplete`. */
export async function archiveCase(ctx: Ctx, caseId: string, body: ArchiveInput): Promise<FileView> {
  const { items, archiveNumber, retention } = body;
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, caseId, 'archive');
    checkFile(items, row.decidedOn !== null);
    await bindFile(tx, row, items);
    const change = {
      archivedOn: dayOf(tx.now),
      archiveNumber,
      retention,
      filedBy: body.filedBy,
      fileCheckedBy: body.checkedBy,
      fileNote: body.note ?? null,
    };
    const detail = { archiveNumber, retention, papers: items.length };
    await moveCase(tx, row, 'archive', { as: 'case.archive', change, detail });
    return fileOf(tx, caseId);
  });
}

/** A reopened case is bound anew: what was bound before gives way, the trail keeps that it was. */
async function bindFile(tx: TxCtx, { id, bureauId }: CaseRow, items: ArchiveInput['items']): Promise<void> {
  const lines = items.map(({ number, madeOn, ...line }) => ({
    ...line,
    number: number ?? null,
    madeOn: madeOn ?? null,
  }));
  const rows = bind(lines).map((item) => ({
    ...item,
    id: tx.newId(),
    bureauId,
    caseId: id,
    createdAt: tx.now,
  }));
  await tx.db.deleteFrom('caseFileItems').where('caseId', '=', id).execute();
  await tx.db.insertInto('caseFileItems').values(rows).execute();
}
