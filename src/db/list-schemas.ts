import { z } from 'zod';
import { DayText, InstantText } from '../shared/schemas.ts';
import { PageQuery } from './page.ts';

/** One of `item`, or several by saying the word again: `?state=received&state=accepted`. */
export const several = <T extends z.ZodType>(item: T) =>
  z.union([item, z.array(item).min(1).max(50)]).transform((value) => [value].flat() as z.output<T>[]);

/** `true` or `false` in a query string. */
export const Flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Words of every list: part of a number, a name, a title; the first and the last day (in Shanghai) of its own time. */
export const listWords = {
  ...PageQuery.shape,
  q: z.string().trim().min(1).max(100).optional(),
  from: DayText.optional(),
  to: DayText.optional(),
};

/** Whose a matter is: `me`, one of the bureau's people, or `none` where nobody has it yet. */
const Assignee = z.union([z.literal(['me', 'none']), z.uuid()]);

/** Words of the lists of what is assigned. */
export const assignedWords = {
  ...listWords,
  unitId: z.uuid().optional(),
  assignee: Assignee.optional(),
};

/** Words of the lists of matters that clocks run on. */
export const clockWords = { ...assignedWords, partyId: z.uuid().optional(), overdue: Flag.optional() };

/** Words of the lists of what belongs to a source or a case. */
export const originWords = { sourceId: z.uuid().optional(), caseId: z.uuid().optional() };

/** Somebody or something by name. */
export const Named = z.object({ id: z.uuid(), name: z.string() });
export type Named = z.infer<typeof Named>;

/** How near the end of a clock is: past it, within two working days, or further off. */
export const Urgency = z.enum(['overdue', 'soon', 'later']);
export type Urgency = z.infer<typeof Urgency>;

/** How a column is written in a sheet; `words`: where the screens' texts have the word for a key (i18n/words.ts). */
export type ColumnKind = 'text' | 'day' | 'instant' | 'fen' | 'number' | 'yes' | 'words' | 'names' | 'choice';

/** A column of a list: its form in JSON and its form in a sheet, declared once. */
export type Column<S extends z.ZodType = z.ZodType> = { schema: S; kind: ColumnKind; words?: string };

const text = z.string().nullable();

/** The columns there are; all of them may be empty but a `choice`, which is what its enum says. */
export const column = {
  text: { schema: text, kind: 'text' },
  /** Text that is never empty. */
  name: { schema: z.string(), kind: 'text' },
  day: { schema: z.iso.date().nullable(), kind: 'day' },
  /** A day that is never empty. */
  on: { schema: z.iso.date(), kind: 'day' },
  instant: { schema: InstantText.nullable(), kind: 'instant' },
  /** An instant that is never empty. */
  at: { schema: InstantText, kind: 'instant' },
  /** Money in whole fen; a sheet shows yuan. */
  fen: { schema: z.number().nullable(), kind: 'fen' },
  number: { schema: z.number().nullable(), kind: 'number' },
  /** An exact decimal, which travels as text. */
  decimal: { schema: text, kind: 'number' },
  yes: { schema: z.boolean().nullable(), kind: 'yes' },
  /** Several words. */
  words: { schema: z.array(z.string()), kind: 'words' },
  /** Several keys. */
  keys: (words: string) => ({ schema: z.array(z.string()), kind: 'words', words }) as const,
  people: { schema: z.array(Named), kind: 'names' },
  /** A list of things that have a name or a number. */
  named: <S extends z.ZodType>(schema: S) => ({ schema, kind: 'names' }) as const,
  choice: <S extends z.ZodType>(schema: S, words: string) => ({ schema, kind: 'choice', words }) as const,
} as const;

/** The columns of a list, in the order a sheet shows them. */
export type Columns = Readonly<Record<string, Column>>;

/** How a list is taken along as a workbook: the kind of thing that gives it its name, and its columns. */
export type SheetOf = { kind: string; columns: Columns };

type Shape<C extends Columns> = { -readonly [K in keyof C]: C[K]['schema'] };

/** The zod fields of columns, for the schema of a row. */
export const fieldsOf = <const C extends Columns>(columns: C): Shape<C> =>
  Object.fromEntries(Object.entries(columns).map(([key, { schema }]) => [key, schema])) as Shape<C>;

/** The source and the case something belongs to. */
export const originColumns = { sourceNumber: column.text, caseNumber: column.text } as const;

/** What something is about: the number and the title of the thing, where the reader may see it. */
export const subjectColumns = { subjectNumber: column.text, subjectTitle: column.text } as const;

/** Who has a matter. */
export const assigneeColumns = { unitName: column.text, assignees: column.people } as const;

/** The clock of a matter that ends next. */
export const dueColumns = {
  /** The day the responsible side aims at. */
  dueOn: column.day,
  /** The version of the limit, e.g. `C01o`, and its title in the caller's language. */
  dueRule: column.text,
  dueTitle: column.text,
  /** Natural days from today to that day, and working days; negative once it has passed, null while not known. */
  daysLeft: column.number,
  workingDaysLeft: column.number,
  urgency: column.choice(Urgency.nullable(), 'word.urgency'),
} as const;

/** When a matter was last acted on, and when it was entered. */
export const timeColumns = { updatedAt: column.at, createdAt: column.at } as const;

/** The ids of what something belongs to. */
export const originFields = { sourceId: z.uuid().nullable(), caseId: z.uuid().nullable() };

/** What a row of something that is assigned carries besides its columns. */
export const assignedFields = {
  id: z.uuid(),
  assignedUnitId: z.uuid().nullable(),
  assignedUserIds: z.array(z.uuid()),
  version: z.number(),
};

/** What a row of a matter carries besides its columns. */
export const matterFields = { ...assignedFields, partyId: z.uuid().nullable() };
