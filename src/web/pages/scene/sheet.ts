import type { FieldName } from './rows.ts';

/** What a heading of a sheet is called, in either language. */
const HEADINGS: [RegExp, FieldName][] = [
  [/^(标称|产品|商品|物品|财物|样品)?名称$|^(品名|项目|name|item)$/i, 'name'],
  [/^(数量|件数|重量|quantity|qty|amount)$/i, 'quantity'],
  [/^(计量)?单位$|^unit$/i, 'unit'],
  [/^(规格|型号|规格型号|规格（型号）|规格\/型号|spec(ification)?|model)$/i, 'spec'],
  [/^(产品)?(批号|批次|生产批号)$|^(batch|lot)( ?no\.?)?$/i, 'batchNo'],
  [/^(生产|制造)?日期$|^(made on|produced|date)$/i, 'madeOn'],
  [/^(单价|价格|标价|价格（元）|单价（元）|单价\(元\)|price|unit price)$/i, 'price'],
  [/^(价格|计价)(依据|来源)$|^price basis$/i, 'priceBasis'],
  [/^(类别|种类|分类|category)$/i, 'category'],
  [/^(计量方式|measured)$/i, 'measured'],
  [/^(标称)?(生产者|生产单位|厂家|生产厂家|生产企业)$|^(producer|maker)$/i, 'producer'],
  [/^(备注|说明|remarks?|notes?)$/i, 'remark'],
];

const headingOf = (cell: string): FieldName | undefined =>
  HEADINGS.find(([pattern]) => pattern.test(cell.trim()))?.[1];

/** `/` and the like are how sheets say nothing. */
const saying = (cell: string): string => {
  const text = cell.trim();
  return text === '/' || text === '-' || text === '—' ? '' : text;
};

/** Cells of what was copied out of a sheet; a quoted cell may hold line breaks, which become spaces. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
  for (const match of text.matchAll(pattern)) {
    const [whole, quoted, bare = '', end] = match;
    if (whole === '' && match.index >= text.length && rows.at(-1)!.length === 0) break;
    rows.at(-1)!.push((quoted?.replaceAll('""', '"') ?? bare).replaceAll(/[\r\n]+/g, ' '));
    if (end === '') break;
    if (end !== '\t') rows.push([]);
  }
  return rows.filter((cells) => cells.some((cell) => cell.trim() !== ''));
}

/** Words of a choice and the key each stands for. */
export type Words = Partial<Record<FieldName, ReadonlyMap<string, string>>>;

export type Pasted = Partial<Record<FieldName, string>>;

type Sheet = { columns: readonly FieldName[]; words: Words };

/** Whether a text comes from a sheet: cells or several lines. */
export const isSheet = (text: string): boolean => /\t|\n./.test(text.trim());

/**
 * Lines from what was copied out of a sheet: by its headings where it has some, and by `columns` otherwise. A word that is
 * no choice stays as it is, for the server to say so.
 */
export function linesOf(text: string, { columns, words }: Sheet): Pasted[] {
  const [first = [], ...rest] = cellsOf(text);
  const headings = first.map(headingOf);
  const hasHeadings = headings.filter((heading) => heading !== undefined).length >= 2;
  const order = hasHeadings ? headings : columns;
  return (hasHeadings ? rest : [first, ...rest]).map((cells) =>
    Object.fromEntries(
      cells.flatMap((cell, at) => {
        const field = order[at];
        const value = saying(cell);
        return field && value !== '' ? [[field, words[field]?.get(value) ?? value] as const] : [];
      }),
    ),
  );
}
