import type { Kysely, Selectable } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import type { DB, DocumentSignatures } from '../../db/schema.ts';
import { dayOf } from '../../shared/clock.ts';
import { conflict } from '../../shared/errors.ts';
import { hashOf } from './canonical.ts';
import { checkBlanks } from './check-blanks.ts';
import type { Hand } from './hands.ts';
import type { Ink } from './shape.ts';
import type { Template } from './template.ts';

export type SignatureRow = Selectable<DocumentSignatures>;

/** Every signature a paper has had, those taken back too, in the order in which they were given. */
export const signaturesOf = (db: Kysely<DB>, documentId: string): Promise<SignatureRow[]> =>
  db
    .selectFrom('documentSignatures')
    .selectAll()
    .where('documentId', '=', documentId)
    .orderBy('lineNo')
    .execute();

/** The signatures that stand. */
export const standing = (rows: readonly SignatureRow[]): SignatureRow[] =>
  rows.filter(({ withdrawnAt }) => withdrawnAt === null);

/** What is signed: the form and every blank of it. Errors as `checkBlanks`: nobody signs half a paper. */
export function signedContent(template: Template, data: unknown): string {
  const { kind, version, digest } = template;
  return hashOf({ template: { kind, version, digest }, data: checkBlanks(template, data) });
}

/** 409 `document.signed_otherwise` where what stands on the paper now is not what was signed. */
export async function requireSigned(
  tx: TxCtx,
  documentId: string,
  { template, data }: { template: Template; data: unknown },
): Promise<SignatureRow[]> {
  const rows = standing(await signaturesOf(tx.db, documentId));
  if (rows.length === 0) return rows;
  const content = signedContent(template, data);
  if (rows.some(({ contentHash }) => contentHash !== content)) throw conflict('document.signed_otherwise');
  return rows;
}

/** The signatures as part of what the hash in the foot is taken over; undefined where nobody signed. */
export const signedBy = (rows: readonly SignatureRow[]): object[] | undefined =>
  rows.length === 0
    ? undefined
    : rows.map(({ role, name, capacity, refusalNote, signedAt, inkSha256 }) => ({
        role,
        name,
        capacity,
        refusalNote,
        signedAt: signedAt.toISOString(),
        inkSha256,
      }));

/** The signatures as they are drawn on the paper. */
export async function handsOn(ctx: Ctx | TxCtx, documentId: string): Promise<Hand[]> {
  const rows = standing(await signaturesOf(ctx.db, documentId));
  return rows.map((row) => ({
    role: row.role,
    name: row.name,
    on: dayOf(row.signedAt),
    ink: inkOf(ctx, row),
    refusal: row.refusalNote,
  }));
}

function inkOf({ vault }: Pick<Ctx, 'vault'>, { ink, inkKeyId, inkAlg }: SignatureRow): Ink | null {
  if (ink === null || inkKeyId === null || inkAlg === null) return null;
  return JSON.parse(vault.open({ keyId: inkKeyId, alg: inkAlg, data: ink })) as Ink;
}
