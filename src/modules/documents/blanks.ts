import { z } from 'zod';
import { isDecimal } from '../../shared/decimal.ts';
import { formatDayZh, formatInstantZh, isDay, parseInstant } from '../../shared/clock.ts';

const common = { label: z.string().min(1), optional: z.boolean().default(false) };

type Common = { label: string; optional: boolean };
type TextSpec = Common & { type: 'text' | 'longText'; max?: number | undefined };
type ValueSpec = Common & { type: 'date' | 'instant' | 'integer' | 'decimal' };
type ChoiceSpec = Common & { type: 'choice' | 'choices'; options: Record<string, string>; join: string };
type GroupSpec = Common & { type: 'group'; of: Record<string, BlankSpec> };
type ListSpec = Common & { type: 'list'; of: Record<string, BlankSpec>; min: number; max: number };

/** A blank of a template as it stands in its YAML file. */
export type BlankSpec = TextSpec | ValueSpec | ChoiceSpec | GroupSpec | ListSpec;

const Name = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'a blank is named in English camelCase');
const Options = z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.string().min(1));

/** The YAML of one blank. */
export const Blank: z.ZodType<BlankSpec> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal(['text', 'longText']), ...common, max: z.int().min(1).optional() }),
    z.strictObject({ type: z.literal(['date', 'instant', 'integer', 'decimal']), ...common }),
    z.strictObject({
      type: z.literal(['choice', 'choices']),
      ...common,
      options: Options,
      join: z.string().default('、'),
    }),
    z.strictObject({ type: z.literal('group'), ...common, of: Blanks }),
    z.strictObject({
      type: z.literal('list'),
      ...common,
      of: Blanks,
      min: z.int().min(0).default(1),
      max: z.int().min(1).default(20_000),
    }),
  ]),
);

/** The `blanks:` of a template file. */
export const Blanks: z.ZodType<Record<string, BlankSpec>> = z.lazy(() => z.record(Name, Blank));

const TEXT_MAX = 500;
const LONG_TEXT_MAX = 20_000;
// Control and format characters cannot be printed, and the layout uses some of them for itself.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;
const UNPRINTABLE_LONG = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;

/** The zod type of a set of blanks: a strict object, so that an unknown key is refused. */
export function blanksType(specs: Record<string, BlankSpec>): z.ZodType<Record<string, unknown>> {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const type = blankType(spec);
    shape[name] = spec.optional ? type.nullish() : type;
  }
  return z.strictObject(shape);
}

function blankType(spec: BlankSpec): z.ZodType {
  if (spec.type === 'group') return blanksType(spec.of);
  if (spec.type === 'list') return z.array(blanksType(spec.of)).min(spec.min).max(spec.max);
  if ('options' in spec) return choiceType(spec);
  return valueType(spec);
}

function choiceType({ type, options }: ChoiceSpec): z.ZodType {
  const one = z.enum(Object.keys(options));
  if (type === 'choice') return one;
  return z
    .array(one)
    .min(1)
    .refine((keys) => new Set(keys).size === keys.length);
}

function valueType(spec: TextSpec | ValueSpec): z.ZodType {
  switch (spec.type) {
    case 'text':
      return textType(spec.max ?? TEXT_MAX, UNPRINTABLE);
    case 'longText':
      return textType(spec.max ?? LONG_TEXT_MAX, UNPRINTABLE_LONG);
    case 'date':
      return z.string().refine(isDay);
    case 'instant':
      return z.iso.datetime({ offset: true });
    case 'integer':
      return z.int().min(0);
    case 'decimal':
      return z.string().refine((text) => isDecimal(text));
  }
}

const textType = (max: number, unprintable: RegExp): z.ZodType =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !unprintable.test(text));

/** What Liquid sees of a blank: text as printed, `null` where nothing was filled in. */
export type Printed = string | null | Printed[] | { [name: string]: Printed };

/** The data as the paper prints them: dates in full, choices by their wording, substituted characters replaced. */
export function printedView(
  specs: Record<string, BlankSpec>,
  data: Record<string, unknown>,
  substitutions: Record<string, string> = {},
): { [name: string]: Printed } {
  const view: { [name: string]: Printed } = {};
  for (const [name, spec] of Object.entries(specs)) {
    view[name] = printed(spec, data[name], substitutions);
  }
  return view;
}

function printed(spec: BlankSpec, value: unknown, substitutions: Record<string, string>): Printed {
  if (value === undefined || value === null) return null;
  if (spec.type === 'group') return printedView(spec.of, value as Record<string, unknown>, substitutions);
  if (spec.type === 'list') {
    return (value as Record<string, unknown>[]).map((row) => printedView(spec.of, row, substitutions));
  }
  if (spec.type === 'choices') {
    return (value as string[]).map((key) => spec.options[key] ?? key).join(spec.join);
  }
  return substitute(printedText(spec, value), substitutions);
}

function printedText(spec: BlankSpec, value: unknown): string {
  if (spec.type === 'date') return formatDayZh(String(value));
  if (spec.type === 'instant') return formatInstantZh(parseInstant(String(value)));
  if (spec.type === 'choice') return spec.options[String(value)] ?? String(value);
  return String(value);
}

function substitute(text: string, substitutions: Record<string, string>): string {
  let replaced = text;
  for (const [character, by] of Object.entries(substitutions)) replaced = replaced.replaceAll(character, by);
  return replaced;
}

/** The blank a dotted path names, e.g. `party.name`; undefined when there is none. */
export function blankAt(specs: Record<string, BlankSpec>, path: string): BlankSpec | undefined {
  const [head = '', ...rest] = path.split('.');
  const spec = specs[head];
  if (spec === undefined || rest.length === 0) return spec;
  return spec.type === 'group' || spec.type === 'list' ? blankAt(spec.of, rest.join('.')) : undefined;
}

/** The value a dotted path names in data or in their view; undefined when any step is missing. */
export function valueAt(data: unknown, path: string): unknown {
  let value: unknown = data;
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}
