import type { Readable } from 'node:stream';
import { type Ctx, inTx } from '../context.ts';
import type { Column, SheetOf } from '../db/list-schemas.ts';
import type { Page } from '../db/page.ts';
import { text } from '../i18n/index.ts';
import { findWord, wordOf } from '../i18n/words.ts';
import { audit } from '../modules/audit/index.ts';
import { formatInstant } from '../shared/clock.ts';
import { formatYuan } from '../shared/money.ts';
import { type Cell, widthFor, workbook } from './xlsx.ts';

type Row = Record<string, unknown>;
type Filters = Readonly<Record<string, unknown>>;

/** A list as its own route reads it, page by page. */
export type Listing = {
  /** Its name in the trail, e.g. `tips`. */
  list: string;
  sheet: SheetOf;
  filters: Filters;
  maxRows: number;
  read: (page: { cursor?: string; limit: number }) => Promise<Page<Row>>;
};

type Taken = { rows: number; outcome: 'complete' | 'cut' | 'stopped' | 'failed' };

const PAGE = 500;
const WIDEST = 60;

const textCell = (value: string): Cell => ({ kind: 'text', value });
const heading = (value: string): Cell => ({ kind: 'heading', value });

const namesOf = (list: unknown): string[] =>
  (list as { name?: string; number?: string }[]).map(({ name, number }) => name ?? number ?? '');

type Writer = (ctx: Ctx, value: never, path: string) => Cell;

const joined = ({ locale }: Ctx, parts: string[]): Cell =>
  textCell(parts.join(text(locale, 'sheet.between')));

const WRITERS: Record<Column['kind'], Writer> = {
  text: (_, value: string) => textCell(value),
  day: (_, value: string) => ({ kind: 'day', value }),
  instant: (_, value: string) => ({ kind: 'instant', value }),
  fen: (_, value: number) => ({ kind: 'yuan', value: formatYuan(value) }),
  number: (_, value: number | string) => ({ kind: 'number', value }),
  yes: ({ locale }, value: boolean) => textCell(wordOf(locale, 'common', value ? 'yes' : 'no')),
  words: (ctx, value: string[], path) =>
    joined(
      ctx,
      value.map((key) => wordOf(ctx.locale, path, key)),
    ),
  names: (ctx, value: unknown) => joined(ctx, namesOf(value)),
  choice: ({ locale }, value: string, path) => textCell(wordOf(locale, path, value)),
};

/** The cell of a value as its column says; an empty one where there is none. */
export function cellOf(ctx: Ctx, { kind, words = '' }: Column, value: unknown): Cell {
  if (value === null || value === undefined || value === '') return null;
  return WRITERS[kind](ctx, value as never, words);
}

/** What a column is called in the caller's language. */
export function headingOf({ locale }: Ctx, key: string, { kind }: Column): string {
  const word = wordOf(locale, 'field', key);
  return kind === 'fen' ? text(locale, 'sheet.yuan', { word }) : word;
}

/** What the filters said, in the words of the screens. */
function filterWords(ctx: Ctx, { sheet, filters }: Listing): string {
  const said = Object.entries(filters).map(([name, value]) => {
    const path = sheet.columns[name]?.words;
    const values = [value].flat().map((one) => (path ? wordOf(ctx.locale, path, String(one)) : String(one)));
    const label = findWord(ctx.locale, `field.${name}`) ?? name;
    return `${label}: ${values.join(text(ctx.locale, 'sheet.between'))}`;
  });
  return said.length === 0 ? text(ctx.locale, 'sheet.no_filter') : said.join('\n');
}

const cutSentence = ({ locale }: Ctx, { maxRows }: Listing): string =>
  text(locale, 'sheet.cut', { rows: maxRows });

/** Who took what when, and whether it is all there is: it goes along with the rows. */
function aboutRows(ctx: Ctx, listing: Listing, { rows, outcome }: Taken): Cell[][] {
  const { locale, actor, now } = ctx;
  const name = (key: string): Cell => heading(text(locale, `sheet.${key}`));
  return [
    [name('list'), textCell(wordOf(locale, 'kind', listing.sheet.kind))],
    [name('who'), textCell(actor.name)],
    [name('at'), { kind: 'instant', value: formatInstant(now) }],
    [name('filters'), textCell(filterWords(ctx, listing))],
    [name('rows'), { kind: 'number', value: rows }],
    [name('whole'), textCell(outcome === 'cut' ? cutSentence(ctx, listing) : text(locale, 'sheet.complete'))],
  ];
}

/** The rows page by page, begun with the one already read; `taken` counts them and says how it ended. */
async function* pagesOf(
  ctx: Ctx,
  listing: Listing,
  taken: Taken,
  first: Page<Row>,
): AsyncGenerator<Cell[][]> {
  const { sheet, read, maxRows } = listing;
  const columns = Object.entries(sheet.columns);
  yield [columns.map(([key, column]) => heading(headingOf(ctx, key, column)))];
  for (let page = first; ; page = await read({ cursor: page.next, limit: PAGE })) {
    const items = page.items.slice(0, maxRows - taken.rows);
    taken.rows += items.length;
    yield items.map((item) => columns.map(([key, column]) => cellOf(ctx, column, item[key])));
    const isCut = items.length < page.items.length || (taken.rows === maxRows && page.next !== null);
    if (isCut) yield [[textCell(cutSentence(ctx, listing))]];
    if (isCut || page.next === null) {
      taken.outcome = isCut ? 'cut' : 'complete';
      return;
    }
  }
}

const leaveTrace = (ctx: Ctx, { list }: Listing, action: string, detail: Row): Promise<void> =>
  inTx(ctx, (tx) => audit(tx, { action, subject: { kind: 'list', id: list }, detail }));

/** As `pagesOf`, and leaves its trace however it ends. */
async function* traced(ctx: Ctx, listing: Listing, first: Page<Row>, taken: Taken): AsyncGenerator<Cell[][]> {
  try {
    yield* pagesOf(ctx, listing, taken, first);
  } catch (error) {
    taken.outcome = 'failed';
    throw error;
  } finally {
    await leaveTrace(ctx, listing, 'list.end_export', { ...taken }).catch((error: unknown) =>
      ctx.log.error({ err: error }, 'the end of an export left no trace'),
    );
  }
}

/** What was looked for may be who reported: the trail has only that something was. */
const forTrail = (filters: Filters): Filters => ('q' in filters ? { ...filters, q: '…' } : filters);

/**
 * A list as a workbook, read by the list's own query while it is sent. The trail has who takes it with which filters
 * before the first row leaves, and how many rows left when it ends.
 */
export async function exportList(ctx: Ctx, listing: Listing): Promise<Readable> {
  const first = await listing.read({ limit: Math.min(PAGE, listing.maxRows) });
  await leaveTrace(ctx, listing, 'list.export', { filters: forTrail(listing.filters) });
  const taken: Taken = { rows: 0, outcome: 'stopped' };
  const widths = Object.entries(listing.sheet.columns).map(([key, column]) =>
    Math.min(WIDEST, Math.max(18, widthFor(headingOf(ctx, key, column)))),
  );
  return workbook(
    [
      {
        name: wordOf(ctx.locale, 'kind', listing.sheet.kind),
        widths,
        frozen: 1,
        rows: () => traced(ctx, listing, first, taken),
      },
      {
        name: text(ctx.locale, 'sheet.about'),
        widths: [18, WIDEST],
        frozen: 0,
        // eslint-disable-next-line require-await
        rows: async function* () {
          yield aboutRows(ctx, listing, taken);
        },
      },
    ],
    ctx.now,
  );
}
