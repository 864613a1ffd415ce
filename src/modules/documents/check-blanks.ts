import type { core } from 'zod';
import { type AppError, type FieldError, unprocessable } from '../../shared/errors.ts';
import { type Printed, printedView } from './blanks.ts';
import type { FontSet } from './fonts.ts';
import type { Template } from './template.ts';

/** What the blanks of a template say against `data`: none where it can be issued. */
export function blankProblems(template: Template, data: unknown): FieldError[] {
  const read = template.blanks.safeParse(data);
  return read.success ? [] : read.error.issues.flatMap(fieldErrors);
}

/** The data as the template takes it. 422 `document.blanks` with the fields. */
export function checkBlanks(template: Template, data: unknown): Record<string, unknown> {
  const read = template.blanks.safeParse(data);
  if (read.success) return read.data;
  throw unprocessable('document.blanks', { title: template.titleZh }, read.error.issues.flatMap(fieldErrors));
}

function fieldErrors(issue: core.$ZodIssue): FieldError[] {
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: field ? `${field}.${key}` : key, code: 'field.unknown' }));
  }
  if (issue.code === 'invalid_type') return [missing(field, issue.message)];
  if (issue.code === 'too_small') return [{ field, code: 'field.required' }];
  if (issue.code === 'too_big') return [{ field, code: 'field.too_big', params: { maximum: issue.maximum } }];
  if (issue.code === 'invalid_value')
    return [{ field, code: 'field.choice', params: { values: issue.values } }];
  return [{ field, code: 'field.invalid' }];
}

// zod says "received undefined" only in its message.
const missing = (field: string, message: string): FieldError =>
  message.includes('received undefined') || message.includes('received null')
    ? { field, code: 'field.required' }
    : { field, code: 'field.invalid' };

/** A character that no font has, and where it stands. */
export type MissingGlyph = { character: string; codePoint: string; field: string };

/** Every character of the blanks that no font has, once per field. */
export function missingGlyphs(
  fonts: FontSet,
  template: Template,
  data: Record<string, unknown>,
  substitutions: Record<string, string>,
): MissingGlyph[] {
  const found: MissingGlyph[] = [];
  collect(fonts, printedView(template.blankSpecs, data, substitutions), { path: '', found });
  return found;
}

type Search = { path: string; found: MissingGlyph[] };

function collect(fonts: FontSet, value: Printed, { path, found }: Search): void {
  if (value === null) return;
  if (typeof value === 'string') {
    found.push(...unprintable(fonts, value).map((glyph) => ({ ...glyph, field: path })));
  } else if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) collect(fonts, entry, { path: `${path}[${index}]`, found });
  } else {
    for (const [name, entry] of Object.entries(value)) {
      collect(fonts, entry, { path: path === '' ? name : `${path}.${name}`, found });
    }
  }
}

// The line end is not drawn, and boxes are drawn without a font.
const DRAWN = new Set(['\n', '□', '☐', '☑']);

function unprintable(fonts: FontSet, text: string): Omit<MissingGlyph, 'field'>[] {
  const points = [...new Set(text)].filter((character) => !DRAWN.has(character));
  return points
    .map((character) => ({ character, point: character.codePointAt(0) ?? 0 }))
    .filter(({ point }) => fonts.cell('body', point) === undefined)
    .map(({ character, point }) => ({
      character,
      codePoint: `U+${point.toString(16).toUpperCase().padStart(4, '0')}`,
    }));
}

/** 422 `document.missing_glyph`: with the first character and its field, and all of them as field errors. */
export function glyphRefusal(missing: readonly MissingGlyph[]): AppError {
  const errors = missing.map((glyph) => ({
    field: glyph.field,
    code: 'document.missing_glyph',
    params: { ...glyph },
  }));
  return unprocessable('document.missing_glyph', { ...missing[0] }, errors);
}
