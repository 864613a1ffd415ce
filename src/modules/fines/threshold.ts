import { type Locale, text } from '../../i18n/index.ts';
import { cmp, type Decimal } from '../../shared/decimal.ts';
import { yuanText } from '../../shared/money.ts';
import { fenOf, yuanOf } from './answer.ts';
import { FINES } from './book.ts';
import { crimeSums, stepOf } from './rules.ts';
import type { ThresholdAnswer, ThresholdQuestion } from './schemas.ts';

const SUM_NAMES = { sold: 'S', unsold: 'U', combined: '3S + U' };

/** The sums of the filing standards over sold and unsold goods, in fen, each with its arithmetic. */
export function crimeChecks(sold: Decimal, unsold: Decimal, locale: Locale) {
  return FINES.criminal.flatMap((rule) =>
    crimeSums(rule, sold, unsold).map(({ id, value, threshold, reached }) => ({
      id: `${rule.id}_${id}`,
      reached,
      title: rule.crime[locale],
      article: rule.citation,
      arithmetic: `${sumText(id, sold, unsold)} = ${yuanText(value)} ${reached ? '≥' : '<'} ${yuanText(threshold)}`,
      value,
      threshold,
    })),
  );
}

const sumText = (id: keyof typeof SUM_NAMES, sold: Decimal, unsold: Decimal): string =>
  id === 'combined' ? `${SUM_NAMES[id]} = 3 × ${yuanText(sold)} + ${yuanText(unsold)}` : SUM_NAMES[id];

const circumstances = (sold: Decimal, locale: Locale): ThresholdAnswer['circumstances'] =>
  FINES.circumstances.map(({ id, citation, crime, onlyIf, salesFen, what }) => {
    const reached = cmp(sold, String(salesFen)) >= 0;
    return {
      id,
      reached,
      title: `${crime[locale]}：${what[locale]}`,
      article: citation,
      arithmetic: `S = ${yuanText(sold)} ${reached ? '≥' : '<'} ${yuanText(String(salesFen))}`,
      onlyIf: onlyIf[locale],
    };
  });

/**
 * Which criminal filing standards goods sold and unsold (in yuan) reach: S ≥ 50,000; U ≥ 150,000; 3 S + U ≥ 150,000
 * (CL 140). It shows them; whether there is a crime is for the police. 400 `fine.bad_amount`.
 */
export function thresholdAnswer(question: ThresholdQuestion, locale: Locale): ThresholdAnswer {
  const [sold, unsold] = [fenOf(question.sold), fenOf(question.unsold)];
  const checks = crimeChecks(sold, unsold, locale);
  const reached = checks.filter((check) => check.reached).map(({ id }) => id);
  return {
    reached,
    sold: yuanOf(sold),
    unsold: yuanOf(unsold),
    checks: checks.map(({ value, threshold, ...check }) => ({
      ...check,
      amount: yuanOf(value),
      threshold: yuanOf(threshold),
    })),
    step: stepOf(FINES.criminal[0]!.tiersFen, sold),
    circumstances: circumstances(sold, locale),
    text: text(locale, reached.length > 0 ? 'threshold.reached' : 'threshold.not_reached'),
  };
}

/** An answer as a person reads it on the command line. */
export const thresholdText = (answer: ThresholdAnswer): string =>
  [
    ...answer.checks.map(({ title, arithmetic, article }) => `${title}：${arithmetic}（${article}）`),
    ...answer.circumstances
      .filter(({ reached }) => reached)
      .map(({ title, arithmetic, onlyIf, article }) => `${title}：${arithmetic}；${onlyIf}（${article}）`),
    answer.text,
  ].join('\n');
