/** Columns of a pasted sheet, in this order: item, result, unit, limit, method, LOD, LOQ, U, k. */
const COLUMNS = [
  'analyte',
  'printed',
  'unit',
  'limitText',
  'method',
  'lod',
  'loq',
  'uncertainty',
  'coverageFactor',
];

const WORDS: [RegExp, string][] = [
  [/鸭/, 'duck'],
  [/牛/, 'cattle'],
  [/猪/, 'pig'],
  [/山羊/, 'goat'],
  [/羊/, 'sheep'],
  [/鸡/, 'chicken'],
  [/鹅/, 'goose'],
  [/马/, 'horse'],
  [/驴/, 'donkey'],
  [/兔/, 'rabbit'],
];

/** The species an item's name speaks of, to be confirmed. */
const speciesOf = (analyte: string): string | undefined =>
  /源|成分|肉/.test(analyte) ? WORDS.find(([word]) => word.test(analyte))?.[1] : undefined;

/** `/` and the like are how sheets say nothing. */
const said = (cell: string | undefined): string | undefined => {
  const text = cell?.trim() ?? '';
  return text === '' || text === '/' || text === '-' || text === '—' ? undefined : text;
};

/** Rows of a result grid from what was copied out of a sheet; a line of headings is passed over. */
export function rowsOf(text: string): Record<string, unknown>[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.split('\t'))
    .filter((cells) => cells.length > 1 && !/^(检验)?项目$|^item$/i.test(cells[0]!.trim()))
    .map((cells) => {
      const row: Record<string, string | undefined> = Object.fromEntries(
        COLUMNS.map((name, at) => [name, said(cells[at])]),
      );
      const printed = row['printed'] ?? '';
      const isWord =
        /^(未检出|检出|阴性|阳性|ND|not detected|detected)$/i.test(printed) && row['unit'] === undefined;
      return {
        ...row,
        species: speciesOf(row['analyte'] ?? ''),
        kind: isWord ? 'qualitative' : 'quantitative',
        ...(isWord ? { detected: !/未|阴|ND|not/i.test(printed) } : {}),
        methodStatus: 'statutory',
      };
    });
}
