import type { Ctx } from './context.ts';
import { isOwnOnly } from './db/scope.ts';
import type { AttachmentAccess, Subject, SubjectAccess } from './modules/files/index.ts';
import { forbidden, notFound } from './shared/errors.ts';

/** What something may be attached to, and the table it lies in: every one of them a record of one bureau. */
const TABLES = {
  tip: 'tips',
  source: 'sources',
  case: 'cases',
  inspection: 'inspections',
  operation: 'operations',
  sample: 'samples',
  measure: 'measures',
  goods: 'goodsItems',
  clue_notice: 'clueNotices',
  transfer: 'transfers',
  party: 'parties',
} as const;

type Kind = keyof typeof TABLES;

const isKind = (kind: string): kind is Kind => Object.hasOwn(TABLES, kind);

/** The bureau whose record it is, where the caller may know of it: his own bureau's, or a sample sent to his laboratory. */
async function findBureau(ctx: Ctx, kind: Kind, id: string) {
  const { bureauId, laboratoryId } = ctx.actor;
  if (kind === 'sample' && laboratoryId !== null) {
    return ctx.db
      .selectFrom('samples')
      .select(['bureauId', 'voidedAt'])
      .where('id', '=', id)
      .where('laboratoryId', '=', laboratoryId)
      .where('dispatchedAt', 'is not', null)
      .executeTakeFirst();
  }
  // Every table of the map has these columns; one of them stands for all in the types.
  return ctx.db
    .selectFrom(TABLES[kind] as 'tips')
    .select(['bureauId', 'voidedAt'])
    .where('id', '=', id)
    .where('bureauId', '=', bureauId)
    .$if(isOwnOnly(ctx.actor, kind), (query) => query.where('createdBy', '=', ctx.actor.id))
    .executeTakeFirst();
}

// What hangs on a tip may be the reporter's letter, identity card or telephone recording.
const needed = (kind: Kind, mode: 'read' | 'write'): string => {
  if (mode === 'write') return `${kind}.attach`;
  return kind === 'tip' ? 'tip.look_at_reporter' : `${kind}.read`;
};

/** Who may see, and who may add, what hangs on a thing. */
export const attachmentAccess: AttachmentAccess = async (ctx, subject, mode): Promise<SubjectAccess> => {
  const { kind, id }: Subject = subject;
  if (!isKind(kind)) throw notFound();
  const permission = needed(kind, mode);
  if (!ctx.actor.permissions.has(permission)) throw forbidden('auth.forbidden', { permission });
  const row = await findBureau(ctx, kind, id);
  if (!row || (mode === 'write' && row.voidedAt)) throw notFound();
  const seesConfidential = ctx.actor.permissions.has('tip.look_at_reporter');
  return { bureauId: row.bureauId, isConfidential: kind === 'tip', seesConfidential };
};
