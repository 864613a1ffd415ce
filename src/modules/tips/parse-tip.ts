import type { Ctx } from '../../context.ts';
import { text } from '../../i18n/index.ts';
import { dayOf } from '../../shared/clock.ts';
import { readHotline } from './hotline.ts';
import type { ParsedTip } from './schemas.ts';

/** Reads a pasted text into fields to confirm. Nothing is kept of it, and nothing is written into any log. */
export function parseTip(ctx: Ctx, body: { text: string }): ParsedTip {
  const fields = readHotline(body.text, dayOf(ctx.now)).map(({ warning, ...field }) => ({
    ...field,
    warning: warning === undefined ? null : { code: warning, message: text(ctx.locale, warning) },
  }));
  return { fields };
}
