import data from '../../data/species-bands.json' with { type: 'json' };
import { cmp, type Decimal, isDecimal, normalise, sum } from '../../shared/decimal.ts';
import type { Operator } from './printed-result.ts';
import type { LabelJudgment, Species } from './report-schemas.ts';

/** A species item of a report as the judgment needs it. */
export type SpeciesResult = {
  species: Species | null;
  printed: string;
  operator: Operator | null;
  value: Decimal | null;
  unit: string | null;
  detected: boolean | null;
  lod: Decimal | null;
  uncertainty: Decimal | null;
  coverageFactor: Decimal | null;
  shareBasis: 'mass_fraction' | 'copy_ratio' | null;
};

/** Where the bands begin, in per cent: a share below the first is a trace, below the second may be carried over. */
export type Bands = { traceBelow: Decimal; carryOverBelow: Decimal };

type Finding = LabelJudgment['findings'][number];
type Band = NonNullable<Finding['band']>;

const SPECIES: Record<Species, { zh: string; meatZh: string; en: string }> = data.species;
const BANDS: Record<Band, { zh: string; en: string }> = data.bands;

/** A bureau's own bands where its settings name them (`speciesTraceBelow`, `speciesCarryOverBelow`), else ours. */
export function bandsOf(settings: unknown): Bands {
  const own = (settings ?? {}) as Record<string, unknown>;
  const pick = (key: string, fallback: string): Decimal => {
    const set = own[key];
    const value = typeof set === 'number' || typeof set === 'string' ? String(set) : fallback;
    return isDecimal(value, { nonNegative: true }) ? normalise(value) : fallback;
  };
  return {
    traceBelow: pick('speciesTraceBelow', data.traceBelow),
    carryOverBelow: pick('speciesCarryOverBelow', data.carryOverBelow),
  };
}

const isShare = (result: SpeciesResult): boolean => result.value !== null && result.unit === '%';

/** Which band describes a share; null where the result is no share. It describes, it decides nothing. */
export function bandOf(result: SpeciesResult, bands: Bands): Band | null {
  if (!isShare(result) || result.value === null) return null;
  const belowLod = result.lod !== null && cmp(result.value, result.lod) < 0;
  if (result.operator === '<' || belowLod) return 'below_lod';
  if (cmp(result.value, bands.traceBelow) < 0) return 'trace';
  return cmp(result.value, bands.carryOverBelow) < 0 ? 'carry_over' : 'hard_to_explain';
}

function findingOf(
  result: SpeciesResult & { species: Species },
  declared: ReadonlySet<string>,
  bands: Bands,
): Finding {
  const band = bandOf(result, bands);
  return {
    species: result.species,
    declared: declared.has(result.species),
    detected: band === 'below_lod' ? false : result.detected,
    printed: result.printed,
    operator: result.operator,
    share: result.value,
    unit: result.unit,
    uncertainty: result.uncertainty,
    coverageFactor: result.coverageFactor,
    shareBasis: result.shareBasis,
    band,
    bandName: band && BANDS[band],
  };
}

const nameZh = (species: string): string => SPECIES[species as Species].zh;
const nameEn = (species: string): string => SPECIES[species as Species].en;
const sign = (operator: Operator | null): string => (operator === null || operator === '=' ? '' : operator);

function uncertaintyOf({ uncertainty, coverageFactor, unit }: Finding, gap: string): string {
  if (uncertainty === null || coverageFactor === null) return '';
  const amount = `${uncertainty}${gap}${unit ?? ''}`;
  return gap === '' ? `（U ${amount}，k=${coverageFactor}）` : ` (U ${amount}, k = ${coverageFactor})`;
}

function foundZh(finding: Finding): string {
  const source = `${nameZh(finding.species)}源性成分`;
  if (finding.share === null) return `检出${source}`;
  return `${source} ${sign(finding.operator)}${finding.share}${finding.unit ?? ''}${uncertaintyOf(finding, '')}`;
}

function foundEn(finding: Finding): string {
  const source = nameEn(finding.species);
  if (finding.share === null) return `${source} detected`;
  const unit = finding.unit === null ? '' : ` ${finding.unit}`;
  return `${source} ${sign(finding.operator)}${finding.share}${unit}${uncertaintyOf(finding, ' ')}`;
}

type Sorted = { declared: readonly string[]; found: Finding[]; absent: string[]; unmentioned: string[] };

function sentenceZh({ declared, found, absent, unmentioned }: Sorted): string {
  const label =
    declared.length === 0
      ? '标签未标明动物种类'
      : `标称${declared.map((species) => SPECIES[species as Species].meatZh).join('、')}`;
  const parts = [
    label,
    ...found.map(foundZh),
    ...absent.map((species) => `未检出${nameZh(species)}源性成分`),
  ];
  return [...parts, ...unmentioned.map((species) => `报告未涉及${nameZh(species)}源性成分`)].join('；');
}

function sentenceEn({ declared, found, absent, unmentioned }: Sorted): string {
  const label = declared.length === 0 ? 'no species declared' : `declared ${declared.map(nameEn).join(', ')}`;
  const parts = [label, ...found.map(foundEn), ...absent.map((species) => `${nameEn(species)} not detected`)];
  return [...parts, ...unmentioned.map((species) => `${nameEn(species)} not mentioned`)].join('; ');
}

type Parts = Pick<LabelJudgment, 'undeclared' | 'notDetected' | 'unmentioned'> & {
  declared: readonly string[];
};

function flagOf({ declared, undeclared, notDetected, unmentioned }: Parts): LabelJudgment['flag'] {
  if (declared.length === 0) return 'nothing_declared';
  if (undeclared.length > 0 || notDetected.length > 0) return 'differs';
  return unmentioned.length > 0 ? 'incomplete' : 'agrees';
}

/**
 * Sets what the label declares beside what the laboratory found: which species are undeclared, which declared one was
 * not found or not even tested for, in which band each share lies, and one sentence in the official wording. Shares
 * need not add up to 100 %: that is a warning. The judgment is shown; an officer decides.
 */
export function judgeLabel(
  declared: readonly Species[],
  results: readonly SpeciesResult[],
  bands: Bands,
): LabelJudgment {
  const onLabel = new Set<string>(declared);
  const findings = results.flatMap((result) =>
    result.species === null ? [] : [findingOf({ ...result, species: result.species }, onLabel, bands)],
  );
  const found = findings.filter((finding) => finding.detected === true);
  const isFound = new Set(found.map((finding) => finding.species));
  const tested = new Set(findings.map((finding) => finding.species));
  const undeclared = [...isFound].filter((species) => !onLabel.has(species));
  const notDetected = declared.filter((species) => tested.has(species) && !isFound.has(species));
  const unmentioned = declared.filter((species) => !tested.has(species));
  const absentOthers = [...tested].filter((species) => !isFound.has(species) && !onLabel.has(species));
  const shares = findings.filter((finding) => finding.unit === '%' && finding.share !== null);
  const shareSum = shares.length === 0 ? null : sum(shares.map((finding) => finding.share ?? '0'));
  const sorted = { declared, found, absent: [...notDetected, ...absentOthers], unmentioned };
  return {
    declared: [...declared],
    findings,
    undeclared,
    notDetected,
    unmentioned,
    flag: flagOf({ declared, undeclared, notDetected, unmentioned }),
    shareSum,
    warnings: [
      ...(shareSum !== null && cmp(shareSum, '100') !== 0 ? (['shares_do_not_add_up'] as const) : []),
      ...(unmentioned.length > 0 ? (['declared_not_tested'] as const) : []),
    ],
    sentence: { zh: sentenceZh(sorted), en: sentenceEn(sorted) },
  };
}
