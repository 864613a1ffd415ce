import type { Locale } from '../../i18n/index.ts';
import { text } from '../../i18n/index.ts';
import type { Day } from '../../shared/clock.ts';
import { add, type Decimal } from '../../shared/decimal.ts';
import { moneyView, yuanText } from '../../shared/money.ts';
import { arithmeticOf, FINES, type Fine, findFine, gateKey, gatesOf, type Mark } from '../fines/index.ts';
import type { CaseSums } from '../goods/index.ts';
import {
  type Act,
  actsOf,
  appliedRange,
  type Bands,
  type LawAt,
  type LawChoice,
  lawChoice,
  type Range,
} from './assess.ts';
import { FACTORS, TIER_NAMES } from './discretion.ts';
import { limitationOf } from './rules.ts';
import type { ViolationRow } from './store.ts';
import type { ActView, ViolationView } from './view-schemas.ts';

/** What the assessment of a case is made of. */
export type Facts = {
  sums: CaseSums;
  gainsFen: number | null;
  foundOn: Day;
  today: Day;
  bands: Bands;
  locale: Locale;
};

/** A violation with its article and the law that applies to it. */
export type Assessed = { row: ViolationRow; fine: Fine; value: Decimal; laws: LawChoice };

/** The value a violation's fine is counted from: its own where it has one, else that of all goods of the case. */
const valueOf = ({ valueFen }: ViolationRow, { unsold, sold }: CaseSums): Decimal =>
  valueFen === null ? add(unsold, sold) : String(valueFen);

/** Each violation with its range, by the law of the day of the act and of today. */
export const assess = (rows: readonly ViolationRow[], facts: Facts): Assessed[] =>
  rows.map((row) => {
    const fine = findFine(row.fineRule)!;
    const value = valueOf(row, facts.sums);
    const bases = { value, income: row.incomeFen, gains: facts.gainsFen };
    return { row, fine, value, laws: lawChoice(fine, { actTo: row.actTo, today: facts.today }, bases) };
  });

/** The acts of assessed violations. */
export const actsFrom = (assessed: readonly Assessed[], bands: Bands): Act[] =>
  actsOf(
    assessed.map(({ row, laws }) => ({
      id: row.id,
      actNo: row.actNo,
      discretion: row.discretion,
      range: appliedRange(laws),
    })),
    bands,
  );

export const rangeView = ({ min, max }: Range) => ({ min: moneyView(min), max: moneyView(max) });

function lawView(at: LawAt | null, value: Decimal, locale: Locale) {
  if (at === null) return null;
  const { on, version, range } = at;
  const steps =
    version.basis === 'value' || version.basis === 'flat' ? arithmeticOf(version, value, locale) : [];
  const other = range
    ? [text(locale, 'fine.step_flat', { min: yuanText(range.min), max: yuanText(range.max) })]
    : [version.why?.[locale] ?? ''].filter((why) => why !== '');
  return {
    on,
    validFrom: version.validFrom,
    range: range && rangeView(range),
    arithmetic: steps.length > 0 ? steps : other,
  };
}

const LIGHTER_LAW = '《行政处罚法》第三十七条';

const factorViews = (keys: readonly string[], locale: Locale) =>
  FACTORS.filter(({ key }) => keys.includes(key)).map((factor) => ({
    key: factor.key,
    text: factor[locale],
    article: factor.citation,
  }));

function seriousView({ row, fine, value }: Assessed, locale: Locale): ViolationView['serious'] {
  const { circumstances, citation } = FINES.serious;
  const found = circumstances
    .filter(({ key }) => row.serious.includes(key))
    .map((one) => ({ key: one.key, text: one[locale], article: citation }));
  const byValue = fine.fslr67 && Number(value) >= FINES.serious.valueFen;
  const flagged = byValue && !row.serious.includes('value_or_duration');
  const mark = { key: 'value_or_duration', text: text(locale, 'fine.serious_by_value'), article: citation };
  return {
    circumstances: flagged ? [mark, ...found] : found,
    reason: row.seriousReason,
    consequence: fine.serious?.[locale] ?? null,
  };
}

/** A violation as it is shown. */
export function violationView(one: Assessed, { foundOn, locale }: Facts): ViolationView {
  const { row, fine, value, laws } = one;
  const [atAct, atDecision] = [lawView(laws.atAct, value, locale), lawView(laws.atDecision, value, locale)];
  const { id, actNo, breached, facts, actFrom, actTo, harmedLife, valueBasis, incomeFen, version } = row;
  return {
    id,
    actNo,
    breached,
    facts,
    actFrom,
    actTo,
    harmedLife,
    valueBasis,
    incomeFen,
    version,
    fineRule: fine.id,
    article: fine.citation,
    act: fine.act[locale],
    value: moneyView(value),
    discretion: {
      tier: row.discretion,
      name: TIER_NAMES[row.discretion][locale],
      factors: factorViews(row.factors, locale),
      reason: row.discretionReason,
    },
    serious: seriousView(one, locale),
    laws: {
      atAct,
      atDecision,
      applied: laws.applied,
      differ: laws.atAct?.version !== laws.atDecision?.version,
      article: LIGHTER_LAW,
    },
    onlyIf: fine.onlyIf?.[locale] ?? null,
    confiscate: fine.confiscate?.[locale] ?? null,
    limitation: { ...limitationOf(actTo, harmedLife, foundOn), foundOn },
  };
}

/** An act as it is shown. */
export function actView(act: Act, assessed: readonly Assessed[]): ActView {
  const chosen = assessed.find(({ row }) => row.id === act.chosenId)!;
  return {
    actNo: act.actNo,
    violationIds: act.ids,
    chosenId: act.chosenId,
    article: chosen.fine.citation,
    range: act.range && rangeView(act.range),
    band: act.band && rangeView(act.band),
    tier: chosen.row.discretion,
  };
}

/** What the hearing and city-level gates compare with: the province's figures where the bureau has set them. */
export type Hearing = { personFen: number; entityFen: number; article: string };

const mark = (id: string, title: string, article: string, [amount, limit]: [Decimal, number]): Mark => {
  const reached = Number(amount) >= limit;
  const arithmetic = `${yuanText(amount)} ${reached ? '≥' : '<'} ${yuanText(String(limit))}`;
  return { id, reached, title, article, arithmetic };
};

/** The national hearing figures, or the province's as the bureau's settings have them (K7). */
export function hearingOf(settings: unknown): Hearing {
  const own = (settings ?? {}) as Record<string, unknown>;
  const [person, entity] = ['person', 'entity'].map((who) =>
    FINES.gates.find((gate) => gate.id === 'K7' && gate.who === who)!,
  );
  const pick = (key: string, fallback: number): number =>
    typeof own[key] === 'number' ? own[key] : fallback;
  const source = typeof own['hearingSource'] === 'string' ? `；${own['hearingSource']}` : '';
  return {
    personFen: pick('hearingPersonFen', person!.fineFen),
    entityFen: pick('hearingEntityFen', entity!.fineFen),
    article: `${person!.citation}${source}`,
  };
}

type Marked = { total: Decimal; forfeit: Decimal; person: boolean; hearing: Hearing; locale: Locale };

/** K7 by who the party is, over the fine and over what is confiscated; K9 over the fines the FSL and its regulation set. */
export function gateMarks(
  assessed: readonly Assessed[],
  acts: readonly Act[],
  { total, forfeit, person, hearing, locale }: Marked,
): Mark[] {
  const limit = person ? hearing.personFen : hearing.entityFen;
  const gate = FINES.gates.find(({ id, who }) => id === 'K7' && who === (person ? 'person' : 'entity'))!;
  const k9 = FINES.gates.find(({ id }) => id === 'K9')!;
  const ofFood = acts.filter((act) => {
    const chosen = assessed.find(({ row }) => row.id === act.chosenId)!;
    return gatesOf(chosen.fine.law).some(({ id }) => id === 'K9');
  });
  const foodMax = ofFood.reduce<Decimal>((sum, act) => add(sum, act.band?.max ?? '0'), '0');
  return [
    mark(gateKey(gate), gate.name[locale], hearing.article, [total, limit]),
    mark('K7_forfeit', text(locale, 'penalty.forfeit_hearing'), hearing.article, [forfeit, limit]),
    mark('K9', k9.name[locale], k9.citation, [foodMax, k9.fineFen]),
  ];
}
