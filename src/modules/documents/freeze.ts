import type { TxCtx } from '../../context.ts';
import { type Day, dayOf, yearOf } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { readableCode } from '../../shared/ids.ts';
import { contentHash } from './canonical.ts';
import { checkBlanks, glyphRefusal, missingGlyphs } from './check-blanks.ts';
import { formatNumber } from './numbering.ts';
import { packData } from './sealed-data.ts';
import { takeNumber } from './take-number.ts';
import { type Template, templateFor } from './template.ts';

/** What is to be frozen. */
export type Freezing = {
  kind: string;
  subject: { kind: string; id: string };
  data: unknown;
  /** The day the paper bears. */
  on: Day;
  bureau: { id: string; name: string; shortName: string };
  /** The number of another paper, for one that carries it. */
  number?: string;
  substitutions: Record<string, string>;
  sealed: boolean;
  /** Who signed it on the glass. */
  signatures?: object[] | undefined;
};

const VERIFY_CODE_LENGTH = 12;

/**
 * Checks everything that can be checked, then takes the number, then freezes: the columns of an issued paper.
 * 404 `document.no_template`; 422 `document.future`, `document.blanks`, `document.missing_glyph`,
 * `document.number_source_missing`. Nothing is numbered that is refused.
 */
export async function freeze(tx: TxCtx, freezing: Freezing) {
  const { kind, on, bureau, substitutions, signatures } = freezing;
  if (on > dayOf(tx.now)) throw unprocessable('document.future', { day: on });
  const template = templateFor(tx.papers.templates, kind, on);
  const data = checkBlanks(template, freezing.data);
  const missing = missingGlyphs(tx.papers.fonts, template, data, substitutions);
  if (missing.length > 0) throw glyphRefusal(missing);
  const { number, numberBorrowed } = await numberOf(tx, template, freezing);
  const issued = { number, issuedAt: tx.now, bureauName: bureau.name };
  const snapshot = { template, data, ...issued, substitutions, signatures };
  return {
    state: 'issuing' as const,
    templateVersion: template.version,
    templateDigest: template.digest,
    number,
    numberBorrowed,
    ...packData(tx.vault, data, freezing.sealed),
    substitutions: JSON.stringify(substitutions),
    bureauName: bureau.name,
    contentHash: contentHash(snapshot),
    verifyCode: readableCode(VERIFY_CODE_LENGTH),
    issuedOn: on,
    issuedAt: tx.now,
  };
}

type Numbered = { number: string | null; numberBorrowed: boolean };

async function numberOf(tx: TxCtx, template: Template, freezing: Freezing): Promise<Numbered> {
  if (freezing.number !== undefined) return { number: freezing.number, numberBorrowed: true };
  if (template.numberFrom !== undefined) {
    return { number: await borrowedNumber(tx, template.numberFrom, freezing), numberBorrowed: true };
  }
  const { code, numberPattern } = template;
  if (code === null || numberPattern === null) return { number: null, numberBorrowed: false };
  const year = yearOf(freezing.on);
  const seq = await takeNumber(tx, { code, year, bureauId: freezing.bureau.id });
  const number = formatNumber(numberPattern, { prefix: freezing.bureau.shortName, code, year, seq });
  return { number, numberBorrowed: false };
}

/** The number of the paper this one belongs to: the list carries the number of its decision. */
async function borrowedNumber(tx: TxCtx, kind: string, { subject, bureau }: Freezing): Promise<string> {
  const from = await tx.db
    .selectFrom('documents')
    .select('number')
    .where('bureauId', '=', bureau.id)
    .where('subjectKind', '=', subject.kind)
    .where('subjectId', '=', subject.id)
    .where('kind', '=', kind)
    .where('state', 'in', ['issuing', 'issued'])
    .where('number', 'is not', null)
    .orderBy('issuedAt', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if (!from?.number) {
    const title = tx.papers.templates.get(kind)?.[0]?.titleZh ?? kind;
    throw unprocessable('document.number_source_missing', { title });
  }
  return from.number;
}
