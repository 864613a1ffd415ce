import type { Ctx } from '../../context.ts';
import { type Locale, text } from '../../i18n/index.ts';
import type { Verification } from './schemas.ts';

/** Whether a paper with this code is genuine, void, or unknown. Anybody may ask; nothing else is ever said. */
export async function verifyDocument(ctx: Ctx, code: string): Promise<Verification> {
  const typed = code.toUpperCase().replace(/[\s-]/g, '');
  const row = await ctx.db
    .selectFrom('documents')
    .select('state')
    .where('verifyCode', '=', typed)
    .executeTakeFirst();
  if (row?.state === 'issued') return { status: 'genuine' };
  return { status: row?.state === 'voided' ? 'void' : 'unknown' };
}

/** The answer as a page for whoever scanned the QR code. It repeats nothing of what was asked. */
export function verifyPage({ status }: Verification, locale: Locale): string {
  const title = text(locale, 'document.verify.title');
  return `<!doctype html>
<html lang="${locale === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<title>${title}</title></head>
<body style="font-family: sans-serif; max-width: 36em; margin: 3em auto; padding: 0 1em">
<h1 style="font-size: 1.4em">${title}</h1>
<p style="font-size: 1.2em"><strong>${text(locale, `document.verify.${status}`)}</strong></p>
<p>${text(locale, 'document.verify.note')}</p>
</body>
</html>
`;
}
