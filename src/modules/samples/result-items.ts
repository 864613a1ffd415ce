import { cmp, type Decimal } from '../../shared/decimal.ts';
import { type FieldError, unprocessable } from '../../shared/errors.ts';
import { parsePrinted, type ParsedResult } from './printed-result.ts';
import type { ResultItem } from './report-schemas.ts';

/** An item of a report, read. */
export type ReadItem = Omit<ResultItem, keyof ParsedResult> & ParsedResult;

/** Reads every item as printed and refuses what contradicts itself: 422 with the fields `items.<n>.…`. */
export function readItems(items: readonly ResultItem[]): ReadItem[] {
  const read = items.map(readItem);
  const errors = read.flatMap((item, index) => itemProblems(items[index]!, item, `items.${index}`));
  if (errors.length > 0) throw unprocessable('sample.results_wrong', {}, errors);
  return read;
}

function readItem(item: ResultItem): ReadItem {
  const parsed = parsePrinted(item.printed);
  const detected = item.kind === 'qualitative' ? (item.detected ?? parsed.detected) : parsed.detected;
  return {
    ...item,
    ...parsed,
    unit: parsed.unit ?? (parsed.value === null ? null : (item.unit ?? null)),
    detected,
  };
}

function itemProblems(given: ResultItem, read: ReadItem, path: string): FieldError[] {
  const checks: [boolean, string, string][] = [
    [given.kind === 'qualitative' && read.detected === null, 'printed', 'sample.detected_or_not'],
    [
      given.kind === 'quantitative' && read.value === null && read.detected === null,
      'printed',
      'sample.unreadable',
    ],
    [contradicts(given, read), 'detected', 'sample.contradicts_printed'],
    [unitDiffers(given, read), 'unit', 'sample.unit_differs'],
    [isSpeciesShare(read) && given.shareBasis === undefined, 'shareBasis', 'sample.share_basis'],
    [
      (given.uncertainty === undefined) !== (given.coverageFactor === undefined),
      'coverageFactor',
      'sample.u_and_k',
    ],
    [isAbove(given.lod, given.loq), 'loq', 'sample.loq_below_lod'],
  ];
  return checks.filter(([wrong]) => wrong).map(([, field, code]) => ({ field: `${path}.${field}`, code }));
}

function contradicts({ detected, printed }: ResultItem, { value }: ReadItem): boolean {
  const words = parsePrinted(printed).detected;
  return detected !== undefined && words !== null && value === null && words !== detected;
}

const unitDiffers = ({ unit, printed }: ResultItem, read: ReadItem): boolean =>
  unit !== undefined && parsePrinted(printed).unit !== null && unit !== read.unit;

const isSpeciesShare = ({ species, value, unit }: ReadItem): boolean =>
  species !== undefined && value !== null && unit === '%';

const isAbove = (lod: Decimal | undefined, loq: Decimal | undefined): boolean =>
  lod !== undefined && loq !== undefined && cmp(lod, loq) > 0;
