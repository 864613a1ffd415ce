import type { Ctx } from '../../context.ts';

/** A thing an attachment hangs on. */
export type Subject = { kind: string; id: string };

/** Whose the thing is, and whether each look at what hangs on it is to be traced (reporter data may be in it). */
export type SubjectAccess = { bureauId: string; isConfidential: boolean };

/**
 * Asks the owner of what something is attached to: may this caller see it, or add to it? Throws 404 where the thing is
 * not there or not his, 403 where the permission is missing. The map stands above all modules (src/attachments.ts).
 */
export type AttachmentAccess = (ctx: Ctx, subject: Subject, mode: 'read' | 'write') => Promise<SubjectAccess>;
