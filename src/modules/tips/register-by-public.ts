import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { unprocessable } from '../../shared/errors.ts';
import { readableCode } from '../../shared/ids.ts';
import { discardContent, keepFile, type ReceivedFile } from '../files/index.ts';
import { enterTip } from './register-tip.ts';
import type { RegisterTipInput } from './schemas.ts';

const CODE_LENGTH = 12;

/** What the public sends: a tip to a bureau, what hangs on it, and the form it was written on. */
export type PublicTip = {
  bureauId: string;
  formId: string;
  body: RegisterTipInput;
  files: readonly ReceivedFile[];
};

/** What the sender follows the matter with; the code is never shown again. */
export type Receipt = { number: string; code: string };

/** A code as it is looked for: capitals, without what people put between. */
export const followKey = (code: string): string =>
  code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');

/**
 * Enters what the public sent through its own page, in the bureau's records. Answers number and follow-up code. 409
 * `public.already_sent` for the same form twice; 422 `public.no_bureau`, and what `registerTip` refuses.
 */
export async function registerByPublic(ctx: Ctx, sent: PublicTip): Promise<Receipt> {
  const actor = { ...ctx.actor, bureauId: sent.bureauId };
  try {
    return await inTx({ ...ctx, actor }, (tx) => keep(tx, sent));
  } finally {
    // What was refused, and what the bureau has already, is not needed.
    for (const { content } of sent.files) await discardContent(ctx, content.sha256);
  }
}

async function keep(tx: TxCtx, { bureauId, formId, body, files }: PublicTip): Promise<Receipt> {
  await requireBureau(tx, bureauId);
  const { tip } = await enterTip(tx, body);
  const code = readableCode(CODE_LENGTH);
  const codeKey = tx.vault.lookup('follow', code);
  await tx.db
    .insertInto('followCodes')
    .values({ tipId: tip.id, bureauId, codeKey, formId, createdAt: tx.now })
    .execute();
  const owner = { kind: 'tip', id: tip.id, bureauId, isConfidential: true };
  for (const file of files) await keepFile(tx, owner, file);
  return { number: tip.number, code };
}

async function requireBureau(tx: TxCtx, id: string): Promise<void> {
  const found = await tx.db.selectFrom('bureaus').select('id').where('id', '=', id).executeTakeFirst();
  if (!found) throw unprocessable('public.no_bureau', {}, [{ field: 'bureauId', code: 'field.required' }]);
}
