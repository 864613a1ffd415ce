import type { Decimal } from '../../shared/decimal.ts';
import { add, cmp } from '../../shared/decimal.ts';
import { formatYuan, moneyView } from '../../shared/money.ts';
import { crimeChecks, findFine, fineRange, FINES, gateKey, versionOn } from '../fines/index.ts';
import { type PricedItem, totalOf, valueOf } from './rules.ts';
import type { Flag, ValueView } from './schemas.ts';

type Locale = 'zh' | 'en';

/** An item of a case as its value is shown. */
export type ValuedItem = PricedItem & {
  id: string;
  foundNo: number;
  name: string;
  unit: string | null;
  priceBasis: ValueView['items'][number]['priceBasis'];
};

const figures = (exactFen: Decimal): string => moneyView(exactFen).figures;

function itemLine(item: ValuedItem, counted: ReadonlySet<string>): ValueView['items'][number] {
  const value = valueOf(item);
  const price = item.unitPriceFen === null ? null : formatYuan(item.unitPriceFen);
  const { id, quantity, category, ...rest } = item;
  return {
    itemId: id,
    foundNo: rest.foundNo,
    name: rest.name,
    category,
    unit: rest.unit,
    quantity,
    unitPrice: price,
    priceBasis: rest.priceBasis,
    counted: counted.has(category),
    value: value === null ? null : moneyView(value),
    arithmetic: value === null ? '' : `${price} × ${quantity} = ${figures(value)}`,
  };
}

function fineFlag(id: string, total: Decimal, locale: Locale): Flag {
  const rule = findFine(id)!;
  const { band, min, max, tier } = fineRange(versionOn(rule)!.tiers, total);
  const range = `${figures(min)}–${figures(max)}`;
  return {
    id: rule.id,
    kind: 'fine_range',
    reached: band === 'multiple',
    title: rule.act[locale],
    citation: rule.citation,
    arithmetic:
      'belowFen' in tier
        ? `${figures(total)} < ${figures(String(tier.belowFen))}: ${range}`
        : `${figures(total)} × ${tier.multipleMin}–${tier.multipleMax} = ${range}`,
    min: moneyView(min),
    max: moneyView(max),
  };
}

function largest(flags: readonly Flag[]): Decimal {
  return flags.reduce<Decimal>(
    (most, { max }) => (max && cmp(max.exactFen, most) > 0 ? max.exactFen : most),
    '0',
  );
}

function gateFlags(fines: readonly Flag[], locale: Locale): Flag[] {
  const most = largest(fines);
  return FINES.gates.map((gate) => {
    const reached = cmp(most, String(gate.fineFen)) >= 0;
    return {
      id: gateKey(gate),
      kind: 'gate',
      reached,
      title: gate.name[locale],
      citation: gate.citation,
      arithmetic: `${figures(most)} ${reached ? '≥' : '<'} ${figures(String(gate.fineFen))}`,
      min: null,
      max: null,
    };
  });
}

const crimeFlags = (sold: Decimal, unsold: Decimal, locale: Locale): Flag[] =>
  crimeChecks(sold, unsold, locale).map(({ id, reached, title, article, arithmetic }) => ({
    id,
    kind: 'crime',
    reached,
    title,
    citation: article,
    arithmetic,
    min: null,
    max: null,
  }));

/** What the value is computed with: which categories count, what was sold, and the reader's language. */
export type ValuationInput = { counted: ReadonlySet<string>; soldFen: Decimal; locale: Locale };

/**
 * The value of goods with its arithmetic and its flags: fine ranges (FSL 122, 124), the hearing and city-level
 * thresholds (K7, K9), the filing standard of CL 140. It shows what is reached and decides nothing.
 */
export function valuation(
  items: readonly ValuedItem[],
  input: ValuationInput,
): Omit<ValueView, 'caseId' | 'note'> {
  const { counted, soldFen, locale } = input;
  const unsold = totalOf(items, counted);
  const total = add(unsold, soldFen);
  const fines = FINES.value.shownFines.map((id) => fineFlag(id, total, locale));
  return {
    citation: FINES.value.citation,
    items: items.map((item) => itemLine(item, counted)),
    unpriced: items.filter((item) => counted.has(item.category) && valueOf(item) === null).length,
    unsold: moneyView(unsold),
    sold: moneyView(soldFen),
    total: moneyView(total),
    flags: [...fines, ...gateFlags(fines, locale), ...crimeFlags(soldFen, unsold, locale)],
  };
}

/** The categories that count unless the officers add others: food and half-finished food, not materials or tools. */
export const COUNTED_CATEGORIES: readonly string[] = FINES.value.countedCategories;
