import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { type Day, parseInstant } from '../shared/clock.ts';
import { lengthOf } from '../shared/text.ts';

/** What stands in a cell. A number may be an exact decimal as text. */
export type Cell =
  | { kind: 'text' | 'heading'; value: string }
  | { kind: 'number' | 'yuan'; value: number | string }
  | { kind: 'day'; value: Day }
  | { kind: 'instant'; value: string }
  | null;

/** A sheet of a workbook; its rows are asked for only as fast as they are sent. */
export type Sheet = {
  name: string;
  /** Of each column, in characters. */
  widths: readonly number[];
  /** How many rows stay in sight above the others. */
  frozen: number;
  rows: () => AsyncIterable<readonly (readonly Cell[])[]>;
};

/** The most characters a cell may hold (Excel's own limit). */
export const MAX_CELL = 32_767;
/** Excel keeps fifteen figures of a number: what has more stays text. */
const MAX_FIGURES = 15;

const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);
/** Excel believes in 29 February 1900: the days before 1 March are not those it shows. */
const FIRST_SERIAL = 61;

// The places of the formats in STYLES.
const STYLE = { text: 0, heading: 1, day: 2, instant: 3, yuan: 4, literal: 5 } as const;

// XML 1.0 has no place for these at all.
const FORBIDDEN = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const FORMULA = /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\n]/u;

/** Text as a cell can hold it: no control characters, no half characters, not too long. */
function plain(text: string): string {
  const clean = text.replace(/\r\n?/g, '\n').replace(FORBIDDEN, '');
  if (clean.length <= MAX_CELL) return clean;
  // Cut by code units, as Excel counts, and never through a character.
  return `${clean.slice(0, MAX_CELL - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

// `_x0041_` would be read as A: its first mark is written as an escape of its own.
const escaped = (text: string): string =>
  text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replace(/[&<>"]/g, (mark) => ENTITIES[mark]!);

function textCell(value: string, style: number): string {
  const text = plain(value);
  // A text stays a text when somebody edits it, too.
  const own = style === STYLE.text && FORMULA.test(text) ? STYLE.literal : style;
  return `<c s="${own}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

function numberCell(value: number | string, style: number): string {
  const text = String(value);
  const figures = /^-?(\d+)(?:\.(\d+))?$/.exec(text);
  const count = figures && `${figures[1]}${figures[2] ?? ''}`.replace(/^0+/, '').length;
  return count === null || count > MAX_FIGURES
    ? textCell(text, STYLE.text)
    : `<c s="${style}"><v>${text}</v></c>`;
}

function timeCell(serial: number, style: number, text: string): string {
  return serial < FIRST_SERIAL ? textCell(text, STYLE.text) : `<c s="${style}"><v>${serial}</v></c>`;
}

const serialOf = (millis: number): number => (millis - EPOCH) / DAY_MS;

function xmlOf(cell: Cell): string {
  if (cell === null) return '<c/>';
  switch (cell.kind) {
    case 'text':
      return textCell(cell.value, STYLE.text);
    case 'heading':
      return textCell(cell.value, STYLE.heading);
    case 'number':
      return numberCell(cell.value, STYLE.text);
    case 'yuan':
      return numberCell(cell.value, STYLE.yuan);
    case 'day':
      return timeCell(serialOf(Date.parse(`${cell.value}T00:00:00Z`)), STYLE.day, cell.value);
    case 'instant':
      // As the clocks of Shanghai show it, whatever zone the reader's machine is in.
      return timeCell(serialOf(parseInstant(cell.value).getTime() + OFFSET_MS), STYLE.instant, cell.value);
  }
}

const rowXml = (cells: readonly Cell[]): string => `<row>${cells.map(xmlOf).join('')}</row>`;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function sheetHead({ widths, frozen }: Sheet): string {
  const view = frozen
    ? `<sheetView workbookViewId="0"><pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/></sheetView>`
    : '<sheetView workbookViewId="0"/>';
  const columns = widths.map(
    (width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  );
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews>${view}</sheetViews><cols>${columns.join('')}</cols><sheetData>`;
}

async function* sheetXml(sheet: Sheet): AsyncGenerator<string> {
  yield sheetHead(sheet);
  for await (const rows of sheet.rows()) yield rows.map(rowXml).join('');
  yield '</sheetData></worksheet>';
}

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}">
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs>
</styleSheet>`;

const sheetFile = (index: number): string => `worksheets/sheet${index + 1}.xml`;

/** A sheet's name without the marks Excel refuses. */
const sheetName = (name: string): string =>
  escaped(
    plain(name)
      .replace(/[[\]:*?/\\']/g, ' ')
      .slice(0, 31),
  );

/** The parts around the sheets. */
function partsOf(sheets: readonly Sheet[]): Record<string, string> {
  const overrides = sheets.map(
    (_, i) => `<Override PartName="/xl/${sheetFile(i)}" ContentType="${TYPE}.worksheet+xml"/>`,
  );
  const relations = sheets.map(
    (_, i) => `<Relationship Id="rId${i + 1}" Type="${REL}/worksheet" Target="${sheetFile(i)}"/>`,
  );
  const named = sheets.map(
    ({ name }, i) => `<sheet name="${sheetName(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  );
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${overrides.join('')}</Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets>${named.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}<Relationship Id="rId${sheets.length + 1}" Type="${REL}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': STYLES,
  };
}

/** How wide a column must be for its heading, in characters of Latin width. */
export const widthFor = (heading: string): number =>
  2 + lengthOf(heading) * (/[^\x20-\x7e]/.test(heading) ? 2 : 1);

/**
 * A workbook as a stream of its bytes, made while it is read: never more of it is in memory than a page of rows. Its
 * end is written last, so that a workbook that broke off opens nowhere; where the reader goes away the rows end too.
 */
export function workbook(sheets: readonly Sheet[], at: Date): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const sources: Readable[] = [];
  zip.on('error', (error: unknown) => output.destroy(error as Error));
  output.once('close', () => {
    for (const source of sources) source.destroy();
  });
  const options = { mtime: at, compressionLevel: 4 };
  for (const [name, content] of Object.entries(partsOf(sheets))) {
    zip.addBuffer(Buffer.from(content, 'utf8'), name, options);
  }
  for (const [index, sheet] of sheets.entries()) {
    zip.addReadStreamLazy(`xl/${sheetFile(index)}`, options, (give) => {
      // The reader may have gone while the small parts went out: then no row is asked for.
      if (output.destroyed) return;
      const source = Readable.from(sheetXml(sheet), { objectMode: false });
      source.on('error', (error) => output.destroy(error));
      sources.push(source);
      give(null, source);
    });
  }
  zip.end();
  return output;
}
