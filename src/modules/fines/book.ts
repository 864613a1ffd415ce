import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Day } from '../../shared/clock.ts';
import { DayText, FenAmount } from '../../shared/schemas.ts';

const FILE = join(import.meta.dirname, '../../data/fines.json');

const Words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const Factor = z.string().regex(/^\d{1,2}(\.\d)?$/);

/** Goods worth less than `belowFen` (the last tier has no end): a fixed range, or multiples of the value. */
const Tier = z.union([
  z.strictObject({ belowFen: FenAmount, minFen: FenAmount, maxFen: FenAmount }),
  z.strictObject({ multipleMin: Factor, multipleMax: Factor }),
]);

const Step = z.strictObject({
  when: Words,
  what: Words,
  minFen: FenAmount.nullable(),
  maxFen: FenAmount.nullable(),
});

const Version = z.strictObject({
  validFrom: DayText,
  validTo: DayText.nullable(),
  /** What the fine is counted from: the value of the goods, nothing (a fixed range), one step after another … */
  basis: z.enum(['value', 'flat', 'steps', 'income', 'gains', 'none']),
  tiers: z.array(Tier),
  steps: z.array(Step),
  minFen: FenAmount.nullable(),
  maxFen: FenAmount.nullable(),
  multipleMin: Factor.nullable(),
  multipleMax: Factor.nullable(),
  why: Words.nullable(),
});

const Fine = z.strictObject({
  id: z.string(),
  law: z.string(),
  article: z.string(),
  citation: z.string(),
  act: Words,
  versions: z.array(Version).min(1),
  confiscate: Words.nullable(),
  serious: Words.nullable(),
  /** Whether FSLR 67 says when it is serious. */
  fslr67: z.boolean(),
  detention: z.boolean(),
  jointLiability: z.boolean(),
  onlyIf: Words.nullable(),
  also: Words.nullable(),
  note: Words.nullable(),
});

const Gate = z.strictObject({
  id: z.enum(['K7', 'K9']),
  citation: z.string(),
  who: z.enum(['person', 'entity', 'any']),
  fineFen: FenAmount,
  name: Words,
  /** The laws it is for; every law where it is left out. */
  laws: z.array(z.string()).optional(),
});

const Crime = z.strictObject({
  id: z.string(),
  citation: z.string(),
  crime: Words,
  soldFen: FenAmount,
  unsoldFen: FenAmount,
  combinedFen: FenAmount,
  soldFactor: Factor,
  tiersFen: z.array(FenAmount),
  confidence: z.string(),
});

const Circumstance = z.strictObject({
  id: z.string(),
  citation: z.string(),
  crime: Words,
  onlyIf: Words,
  salesFen: FenAmount,
  what: Words,
});

const Book = z.strictObject({
  source: z.string(),
  asOf: DayText,
  fines: z.array(Fine),
  gates: z.array(Gate),
  serious: z.strictObject({
    citation: z.string(),
    valueFen: FenAmount,
    months: z.int(),
    ill: z.int(),
    circumstances: z.array(z.strictObject({ key: z.string(), zh: z.string(), en: z.string() })),
  }),
  criminal: z.array(Crime),
  circumstances: z.array(Circumstance),
  value: z.strictObject({
    citation: z.string(),
    countedCategories: z.array(z.string()),
    shownFines: z.array(z.string()),
  }),
});

export type Fine = z.infer<typeof Fine>;
export type FineVersion = z.infer<typeof Version>;
export type FineTier = z.infer<typeof Tier>;
export type Gate = z.infer<typeof Gate>;
export type Crime = z.infer<typeof Crime>;

/** What contradicts itself in the tiers of a version: each ends above the one before, and the last has no end. */
function faults({ id, versions }: Fine): string[] {
  return versions.flatMap(({ basis, tiers, steps, validFrom, validTo }) => {
    const ends = tiers.slice(0, -1).map((tier) => ('belowFen' in tier ? tier.belowFen : null));
    const isRising = ends.every((end, i) => end !== null && end > (ends[i - 1] ?? 0));
    const last = tiers.at(-1);
    const isValue = basis === 'value';
    return [
      ...(isValue && (!isRising || !last || 'belowFen' in last) ? [`${id}: its tiers leave a gap`] : []),
      ...(isValue === (tiers.length === 0) ? [`${id}: tiers go with values`] : []),
      ...((basis === 'steps') === (steps.length === 0) ? [`${id}: steps go with steps`] : []),
      ...(validTo !== null && validTo < validFrom ? [`${id} ends before it begins`] : []),
    ];
  });
}

/** The fines, gates and filing standards, read and checked: a book that contradicts itself must not start. */
export function parseFines(json: unknown): z.infer<typeof Book> {
  const read = Book.safeParse(json);
  if (!read.success) throw new Error(`the fines cannot be used: ${z.prettifyError(read.error)}`);
  const ids = read.data.fines.map(({ id }) => id);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${id} is there twice`);
  const wrong = [...twice, ...read.data.fines.flatMap(faults)];
  if (wrong.length > 0) throw new Error(`the fines contradict themselves: ${wrong.join('; ')}`);
  return read.data;
}

/** What comes with the product (`src/data/fines.json`). */
export const FINES = parseFines(JSON.parse(readFileSync(FILE, 'utf8')));

/** A fine by its id, as people write it: `FSL122`, `fsl122`, `FSL122(1)`, `FSL122(2)`. */
export function findFine(written: string): Fine | undefined {
  const id = written
    .trim()
    .toUpperCase()
    .replace(/[(（](\d+)[)）]/g, '-$1')
    .replace(/-1$/, '');
  return FINES.fines.find((fine) => fine.id === id);
}

/** The version of a fine in force on `day`; the latest where no day is asked for. */
export function versionOn({ versions }: Fine, day?: Day): FineVersion | undefined {
  if (day === undefined) return versions.at(-1);
  return versions.find(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo));
}
