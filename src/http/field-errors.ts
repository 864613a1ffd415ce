import type { Locale } from '../i18n/index.ts';
import { hasText, text } from '../i18n/index.ts';
import type { FieldError } from '../shared/errors.ts';

/** What a zod schema found wrong, as the validator hands it on. */
export type Issue = {
  keyword: string;
  instancePath: string;
  params: Record<string, unknown>;
};

type NestedIssue = { code: string; path: PropertyKey[] } & Record<string, unknown>;
type Said = Omit<FieldError, 'field'>;

const SAID: Record<string, (params: Record<string, unknown>) => Said> = {
  invalid_type: ({ expected }) => ({ code: 'field.type', params: { expected } }),
  too_small: ({ minimum }) => ({ code: 'field.too_small', params: { minimum } }),
  too_big: ({ maximum }) => ({ code: 'field.too_big', params: { maximum } }),
  invalid_value: ({ values }) => ({ code: 'field.choice', params: { values } }),
  invalid_format: () => ({ code: 'field.format' }),
  custom: (params) => ({ code: customCode(params), params: customParams(params) }),
};

/** A zod refinement may name its sentence: `{ params: { code: 'party.uscc_wrong' } }`. */
function customCode(params: Record<string, unknown>): string {
  const code = customParams(params)['code'];
  return typeof code === 'string' ? code : 'field.invalid';
}

const customParams = (params: Record<string, unknown>): Record<string, unknown> =>
  (params['params'] as Record<string, unknown> | undefined) ?? {};

/** What was sent at `path`; undefined where nothing was. */
function sentAt(sent: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    sent,
  );
}

/** Of the branches of a union the one that came nearest: it has the fewest complaints. */
function nearest(params: Record<string, unknown>): NestedIssue[] {
  const branches = (params['errors'] as NestedIssue[][] | undefined) ?? [];
  return branches.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

function asIssue({ code, path, ...params }: NestedIssue, under: string[]): Issue {
  return { keyword: code, instancePath: `/${[...under, ...path.map(String)].join('/')}`, params };
}

/** One issue as field errors: unknown keys are named one by one, what is missing is called missing. */
export function fieldErrors({ keyword, instancePath, params }: Issue, sent: unknown): FieldError[] {
  const path = instancePath.split('/').filter((part) => part !== '');
  const field = path.join('.');
  if (keyword === 'unrecognized_keys') {
    const keys = params['keys'] as string[];
    return keys.map((key) => ({ field: [...path, key].join('.'), code: 'field.unknown' }));
  }
  if (keyword !== 'custom' && sentAt(sent, path) === undefined) return [{ field, code: 'field.required' }];
  if (keyword === 'invalid_union') {
    const inner = nearest(params).flatMap((issue) => fieldErrors(asIssue(issue, path), sent));
    return inner.length > 0 ? inner : [{ field, code: 'field.invalid' }];
  }
  return [{ field, ...(SAID[keyword]?.(params) ?? { code: 'field.invalid' }) }];
}

/** The sentence of a field error; a type is called by its everyday name. */
export function fieldSentence(locale: Locale, { code, params = {} }: FieldError): string {
  const { expected } = params;
  const name = `type.${String(expected as string)}`;
  const named = hasText(locale, name) ? { ...params, expected: text(locale, name) } : params;
  return text(locale, code, named);
}
