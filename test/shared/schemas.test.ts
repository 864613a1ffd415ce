import t from 'tap';
import type { z } from 'zod';
import { DayText, FenAmount, InstantText, Line, Measure, Narrative, Quantity } from '../../src/shared/schemas.ts';

const codeOf = (schema: z.ZodType, value: unknown): string | undefined => {
  const issue = schema.safeParse(value).error?.issues[0];
  if (!issue) return undefined;
  return issue.code === 'custom' ? String(issue.params?.code) : issue.code;
};

t.test('a quantity is an exact decimal above zero', async (t) => {
  for (const good of ['1', '0.5', '01.50', '123456789012345678.123456'])
    t.equal(codeOf(Quantity, good), undefined, good);
  const bad: [unknown, string][] = [
    ['-1', 'decimal.negative'],
    ['0', 'decimal.not_positive'],
    ['0.000', 'decimal.not_positive'],
    ['1e3', 'decimal.format'],
    ['１２', 'decimal.format'],
    ['', 'decimal.format'],
    [' 1', 'decimal.format'],
    ['+1', 'decimal.format'],
    ['NaN', 'decimal.format'],
    ['1234567890123456789', 'decimal.integer_digits'],
    ['1.1234567', 'decimal.fraction_digits'],
    [12, 'invalid_type'],
  ];
  for (const [value, code] of bad) t.equal(codeOf(Quantity, value), code, String(value));
  t.equal(codeOf(Measure, '0'), undefined, 'a measure may be nothing');
  t.equal(codeOf(Measure, '0.000000000001'), undefined);
});

t.test('text is cleaned, counted as a person counts, and refused with control characters', async (t) => {
  t.equal(Line(4).parse('  a \t b '), 'a b');
  t.equal(Line(1).parse('𠮷'), '𠮷');
  t.equal(Narrative(10).parse('a\r\nb'), 'a\nb');
  t.equal(codeOf(Line(), 'a\u0007'), 'field.control_characters');
  t.equal(codeOf(Line(), ' \u200b '), 'too_small');
  t.equal(codeOf(Line(2), 'abc'), 'field.too_long');
});

t.test('days are real days, instants carry their offset, money is whole fen', async (t) => {
  t.equal(codeOf(DayText, '2024-02-29'), undefined);
  t.equal(codeOf(DayText, '2023-02-29'), 'field.day');
  t.equal(codeOf(InstantText, '2024-03-07T09:30:00+08:00'), undefined);
  t.equal(codeOf(InstantText, '2024-03-07T09:30:00'), 'invalid_format');
  t.equal(codeOf(FenAmount, 1.5), 'invalid_type');
  t.equal(codeOf(FenAmount, -1), 'too_small');
});
