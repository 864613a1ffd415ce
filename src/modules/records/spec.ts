import type { z } from 'zod';
import type { Ctx, TxCtx } from '../../context.ts';
import type { HistoryView } from './schemas.ts';

/** Tables whose rows are entered by people of a bureau, and so can be amended and voided. */
export type RecordTable =
  | 'tips'
  | 'mediations'
  | 'sources'
  | 'cases'
  | 'operations'
  | 'inspections'
  | 'measures'
  | 'samples'
  | 'clueNotices'
  | 'transfers'
  | 'parties'
  | 'goodsItems'
  | 'violations'
  | 'caseSales';

/** A locked row, whichever its table: all its columns, of which these are sure. */
export type RecordRow = Record<string, unknown> & {
  id: string;
  bureauId: string;
  version: number;
  voidedAt: Date | null;
  voidReason: string | null;
  state?: string;
  assignedUnitId?: string | null;
  assignedUserIds?: string[];
};

/** How a module opens amend, void, assign and history on one of its tables. */
export type RecordSpec<C extends z.ZodObject = z.ZodObject> = {
  /** Where the record lies, e.g. `/api/tips`. */
  path: string;
  /** Its kind: the first word of the permissions `tip.amend`, `tip.void`, `tip.assign`, `tip.read`. */
  kind: string;
  table: RecordTable;
  /** The fields an amendment may change, by column: a strict object, all optional. */
  changes: C;
  /** Columns of type jsonb among them. */
  jsonColumns?: readonly string[];
  /** States in which it is over: nobody is assigned any more. */
  closedStates?: readonly string[];
  /** False where the table has no assignees. */
  isAssignable?: boolean;
  /** Columns that a change of others changes too, unless they are named themselves. */
  implied?: (before: RecordRow, changes: Record<string, unknown>) => Record<string, unknown>;
  /** Refuses (by throwing) or follows an amendment, in its transaction: a moved date moves its clocks. */
  onAmend?: (tx: TxCtx, before: RecordRow, after: RecordRow) => Promise<void>;
  /** Takes out of the history what the actor may not read. */
  forReader?: (ctx: Ctx, id: string, lines: HistoryView[]) => Promise<HistoryView[]>;
  /** Refuses (by throwing) or follows a voiding, in its transaction. */
  onVoid?: (tx: TxCtx, before: RecordRow) => Promise<void>;
};
