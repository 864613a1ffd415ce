import { badRequest } from '../../shared/errors.ts';

export type DivisionLevel = 'province' | 'city' | 'county' | 'street';

/** A division with all its digits: six down to the county, nine for a street or town. */
export type Division = { code: string; parent: string | null; level: DivisionLevel; name: string };

const wrong = (line: number, reason: string) => badRequest('division.bad_csv', { line, reason });

/**
 * Reads divisions from CSV with a header that names at least `code` and `name`; `parent` and `level` where it has
 * them, else both follow from the code (GB/T 2260: two digits each for province, city and county, three for a
 * street). Codes may be short (`51`, `5101`). 400 `division.bad_csv` with `{ line, reason }`.
 */
export function readDivisions(csv: string): Division[] {
  const [header, ...lines] = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = cells(header ?? '').map((name) => name.trim());
  const at = { code: names.indexOf('code'), name: names.indexOf('name') };
  if (at.code < 0 || at.name < 0) throw wrong(1, 'code, name');
  const seen = new Set<string>();
  const divisions: Division[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const row = cells(line);
    const division = divisionOf({ code: row[at.code] ?? '', name: row[at.name] ?? '' }, index + 2);
    if (seen.has(division.code)) throw wrong(index + 2, division.code);
    seen.add(division.code);
    divisions.push(division);
  }
  if (divisions.length === 0) throw wrong(1, 'empty');
  return divisions;
}

const CODE = /^\d{2}(\d{2}){0,2}$|^\d{9}$/;
const MOST_CHARACTERS = 100;

function divisionOf({ code, name }: { code: string; name: string }, line: number): Division {
  const digits = code.trim();
  const text = name.trim();
  if (!CODE.test(digits)) throw wrong(line, digits);
  if (text === '' || text.length > MOST_CHARACTERS) throw wrong(line, 'name');
  const full = digits.padEnd(6, '0');
  return { code: full, name: text, ...placeOf(full) };
}

/** Where a full code stands in the tree. */
function placeOf(code: string): { parent: string | null; level: DivisionLevel } {
  if (code.length === 9) return { parent: code.slice(0, 6), level: 'street' };
  if (code.endsWith('0000')) return { parent: null, level: 'province' };
  if (code.endsWith('00')) return { parent: `${code.slice(0, 2)}0000`, level: 'city' };
  return { parent: `${code.slice(0, 4)}00`, level: 'county' };
}

/** The cells of a line; quotes as RFC 4180 has them, no line ends inside. */
function cells(line: string): string[] {
  const found = line.matchAll(/("(?:[^"]|"")*"|[^,]*)(,|$)/g);
  const values: string[] = [];
  for (const [, cell = '', end] of found) {
    values.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === '') break;
  }
  return values;
}
