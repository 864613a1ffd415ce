import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { notFound } from '../../shared/errors.ts';
import { isDay } from '../../shared/clock.ts';
import { Blanks, blanksType } from './blanks.ts';
import type { BlankSpec } from './blanks.ts';
import { blockTypes } from './blocks-schema.ts';
import type { Block } from './blocks-schema.ts';
import { hashOf } from './canonical.ts';
import { NUMBER_PATTERN, patternProblems } from './numbering.ts';

/** One version of one form: what may be filled in, and how the paper is laid out. */
export type Template = {
  kind: string;
  version: number;
  titleZh: string;
  titleEn: string;
  /** 文种代字; null for a form without a number of its own. */
  code: string | null;
  /** e.g. `{prefix}市监{code}〔{year}〕{seq}号`; null for a form without a number of its own. */
  numberPattern: string | null;
  /** The first and the last day (null: open) on which this version is issued, YYYY-MM-DD. */
  validFrom: string;
  validTo: string | null;
  /** False while nobody has laid this version beside the official form. */
  layoutVerified: boolean;
  /** The official form it follows, e.g. `penalty-2021 #21`. */
  form: string;
  /** The kind whose number it carries: the list carries the number of its decision. */
  numberFrom?: string;
  /** The blank that says why the party would not sign. */
  refusalBlank?: string;
  /** Refuses unknown keys. */
  blanks: z.ZodType<Record<string, unknown>>;
  blankSpecs: Record<string, BlankSpec>;
  page: { size: number; pitch: number; top: number; gap: number };
  body: Block[];
  everyPage: Block[];
  lastPage: Block[];
  /** SHA-256 over the template as written, part of the content hash of every paper. */
  digest: string;
};

/** All templates by kind, those of later folders first. */
export type TemplateBook = ReadonlyMap<string, readonly Template[]>;

const day = z.string().refine(isDay, 'a day is written YYYY-MM-DD');

const Head = z.strictObject({
  kind: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.int().min(1),
  title: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  form: z.string().min(1),
  code: z.string().min(1).nullable(),
  numberPattern: z.string().optional(),
  numberFrom: z.string().optional(),
  refusalBlank: z.string().optional(),
  validFrom: day,
  validTo: day.nullable(),
  layoutVerified: z.boolean(),
  page: z
    .strictObject({
      size: z.number().default(16),
      pitch: z.number().default(29),
      /** Where the text area begins, in millimetres; the tables of the official forms begin higher than 37. */
      top: z.number().min(15).max(60).default(37),
      /** How many characters wide a blank is printed that nobody filled in. */
      gap: z.int().default(4),
    })
    .prefault({}),
  blanks: Blanks,
  body: z.array(z.unknown()).min(1),
  everyPage: z.array(z.unknown()).default([]),
  lastPage: z.array(z.unknown()).default([]),
});

/**
 * Reads every template of the folders. Within one kind those of a later folder come first, so that a bureau overrides
 * a form by a file in its own folder. Error naming the folder that is not there, or file and field of a template
 * that does not hold together.
 */
export function loadTemplates(dirs: string[]): TemplateBook {
  const book = new Map<string, Template[]>();
  for (const dir of dirs) {
    const found = templateFiles(dir).map((file) => readTemplate(join(dir, file), file));
    for (const template of found.toSorted((a, b) => a.version - b.version)) {
      const others = (book.get(template.kind) ?? []).filter((other) => other.version !== template.version);
      book.set(template.kind, [template, ...others]);
    }
  }
  return book;
}

const templateFiles = (dir: string): string[] =>
  readdirSync(dir).filter((name) => /\.v\d+\.yaml$/.test(name));

// Templates are never changed once read: the same text under the same name is parsed once in a process.
const parsed = new Map<string, Template>();

function readTemplate(path: string, name: string): Template {
  const text = readFileSync(path, 'utf8');
  const known = parsed.get(`${name}\n${text}`);
  if (known) return known;
  try {
    const template = parseTemplate(parse(text));
    if (`${template.kind}.v${template.version}.yaml` !== name)
      throw new Error('the file name is <kind>.v<version>.yaml');
    parsed.set(`${name}\n${text}`, template);
    return template;
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`template ${name}: ${reason}`, { cause: error });
  }
}

/** A template from the data of its YAML file. ZodError or Error when it does not hold together. */
export function parseTemplate(source: unknown): Template {
  const head = Head.parse(source);
  const numberPattern = head.code === null ? null : (head.numberPattern ?? NUMBER_PATTERN);
  const problems = numberPattern === null ? [] : patternProblems(numberPattern);
  if (problems.length > 0) throw new Error(`numberPattern: ${problems.join(', ')}`);
  const { refusalBlank } = head;
  if (refusalBlank !== undefined && !Object.hasOwn(head.blanks, refusalBlank))
    throw new Error(`refusalBlank: no blank ${refusalBlank}`);
  const { block } = blockTypes(head.blanks);
  const blocks = z.object({ body: z.array(block), everyPage: z.array(block), lastPage: z.array(block) });
  const { body, everyPage, lastPage } = blocks.parse(head);
  return {
    kind: head.kind,
    version: head.version,
    titleZh: head.title.zh,
    titleEn: head.title.en,
    code: head.code,
    numberPattern,
    validFrom: head.validFrom,
    validTo: head.validTo,
    layoutVerified: head.layoutVerified,
    form: head.form,
    ...(head.numberFrom !== undefined && { numberFrom: head.numberFrom }),
    ...(head.refusalBlank !== undefined && { refusalBlank: head.refusalBlank }),
    blanks: blanksType(head.blanks),
    blankSpecs: head.blanks,
    page: head.page,
    body,
    everyPage,
    lastPage,
    digest: hashOf(source),
  };
}

/** The version of a form in force on a day (YYYY-MM-DD). 404 `document.no_template` when there is none. */
export function templateFor(book: TemplateBook, kind: string, onDay: string): Template {
  const inForce = (book.get(kind) ?? []).find(
    ({ validFrom, validTo }) => validFrom <= onDay && (validTo === null || onDay <= validTo),
  );
  if (inForce === undefined) throw notFound('document.no_template', { kind, day: onDay });
  return inForce;
}

/** One version of a form, to render again what was issued with it. 404 `document.no_template`. */
export function templateVersion(book: TemplateBook, kind: string, version: number): Template {
  const found = (book.get(kind) ?? []).find((template) => template.version === version);
  if (found === undefined) throw notFound('document.no_template', { kind, version });
  return found;
}
