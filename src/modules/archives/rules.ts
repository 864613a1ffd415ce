import { type Day, yearOf } from '../../shared/clock.ts';
import { type FieldError, unprocessable } from '../../shared/errors.ts';
import type { Volume } from './schemas.ts';

export const ARTICLE = '《市场监督管理行政处罚程序规定》第七十八条';

/** The two volumes in the order of CXGD 78; the place in the list is the section's number. */
export const SECTIONS: Record<Volume, readonly string[]> = {
  main: ['filing', 'decision', 'papers', 'evidence', 'hearing_record', 'goods', 'other'],
  secondary: ['source', 'report', 'reviews', 'hearing_report', 'closing', 'other'],
};

const VOLUMES = ['main', 'secondary'] as const;

/** A paper that is to be bound. */
export type Line = {
  volume: Volume;
  section: number;
  title: string;
  number: string | null;
  madeOn: Day | null;
  pages: number;
};

/** A paper with its place and pages. */
export type Bound = Omit<Line, 'pages'> & { no: number; fromPage: number; toPage: number };

/** The papers in their order, numbered, each volume paged from 1: section by section, as they came within one. */
export function bind(lines: readonly Line[]): Bound[] {
  return VOLUMES.flatMap((volume) => {
    let page = 0;
    return lines
      .filter((line) => line.volume === volume)
      .toSorted((a, b) => a.section - b.section)
      .map(({ pages, ...line }, at) => {
        const fromPage = page + 1;
        page += pages;
        return { ...line, no: at + 1, fromPage, toPage: page };
      });
  });
}

/** What no file may lack: the filing form, the closing form, and the decision where there is one. */
const needed = (isDecided: boolean): [Volume, number, string][] => [
  ['main', 1, 'archive.no_filing_form'],
  ...(isDecided ? ([['main', 2, 'archive.no_decision']] as [Volume, number, string][]) : []),
  ['secondary', 5, 'archive.no_closing_form'],
];

/** 422 `archive.incomplete`: a section that the volume has not, or a paper that no file may lack. */
export function checkFile(items: readonly Pick<Line, 'volume' | 'section'>[], isDecided: boolean): void {
  const errors: FieldError[] = items.flatMap(({ volume, section }, i) =>
    section <= SECTIONS[volume].length
      ? []
      : [{ field: `items.${i}.section`, code: 'archive.no_such_section' }],
  );
  for (const [volume, section, code] of needed(isDecided)) {
    const has = items.some((item) => item.volume === volume && item.section === section);
    if (!has) errors.push({ field: 'items', code });
  }
  if (errors.length > 0) throw unprocessable('archive.incomplete', { article: ARTICLE }, errors);
}

const YEARS = { permanent: null, years_30: 30, years_10: 10 } as const;

/** The last day of keeping, counted from the year after the archiving; null for good. */
export function keepUntil(retention: keyof typeof YEARS, archivedOn: Day): Day | null {
  const years = YEARS[retention];
  return years === null ? null : `${yearOf(archivedOn) + years}-12-31`;
}
