import type { Ctx } from '../../context.ts';

/** A thing an attachment hangs on. */
export type Subject = { kind: string; id: string };

/** Whose the thing is, and who reads what may show a reporter. */
export type SubjectAccess = {
  bureauId: string;
  /** Whatever hangs on it is confidential, marked or not: sealed, and each look at it traced. */
  isConfidential: boolean;
  /** Whether the caller may see what is confidential. */
  seesConfidential: boolean;
};

/**
 * Asks the owner of what something is attached to: may this caller see it, or add to it? Throws 404 where the thing is
 * not there or not his, 403 where the permission is missing. The map stands above all modules (src/attachments.ts).
 */
export type AttachmentAccess = (ctx: Ctx, subject: Subject, mode: 'read' | 'write') => Promise<SubjectAccess>;
