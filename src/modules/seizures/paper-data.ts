import type { Kysely, Selectable } from 'kysely';
import type { DB, GoodsItems, Measures } from '../../db/schema.ts';
import { addDays, dayOf } from '../../shared/clock.ts';
import { normalise } from '../../shared/decimal.ts';
import { conflict, notFound } from '../../shared/errors.ts';
import { truncate } from '../../shared/text.ts';
import type { Vault } from '../../shared/vault.ts';
import { partyBlanks } from '../parties/index.ts';
import { basisText } from './basis-text.ts';

type From = { db: Kysely<DB>; vault: Vault };
type Item = Selectable<GoodsItems>;
type Measure = Selectable<Measures> & { executedAt: Date; bureauName: string; settings: unknown };

// ACL 24(3): the list in two copies, one for the party.
const COPIES = { total: 2, served: 1 };

async function executedMeasure(db: Kysely<DB>, bureauId: string, id: string): Promise<Measure> {
  const row = await db
    .selectFrom('measures')
    .innerJoin('bureaus', 'bureaus.id', 'measures.bureauId')
    .selectAll('measures')
    .select(['bureaus.name as bureauName', 'bureaus.settings'])
    .where('measures.id', '=', id)
    .where('measures.bureauId', '=', bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  const { executedAt } = row;
  if (executedAt === null) throw conflict('measure.not_executed', { state: row.state });
  return { ...row, executedAt };
}

const itemsOf = (db: Kysely<DB>, measureId: string): Promise<Item[]> =>
  db
    .selectFrom('goodsItems')
    .selectAll()
    .where('measureId', '=', measureId)
    .where('voidedAt', 'is', null)
    .orderBy('lineNo')
    .execute();

const FACILITIES = new Set(['food_tool', 'other_tool']);

/** Which of 场所, 设施, 财物 the lines are: places and facilities are sealed, what is seized are goods (ACL 9). */
function targetsOf({ kind }: Measure, items: readonly Item[]): string[] {
  if (kind === 'seizure') return ['goods'];
  const kinds = new Set(
    items.map(({ category }) => {
      if (category === 'premises') return 'premises';
      return FACILITIES.has(category) ? 'facilities' : 'goods';
    }),
  );
  return (['premises', 'facilities', 'goods'] as const).filter((kind) => kinds.has(kind));
}

const OFFICE = '市场监督管理局';

/** Where one turns against the decision: as the bureau has set it, else the government and court of its own area. */
function remedies({ settings, bureauName }: Measure): Record<string, string> {
  const own = (settings ?? {}) as Record<string, unknown>;
  const set = (key: string, fallback: string): string => {
    const value = own[key];
    return typeof value === 'string' && value !== '' ? value : fallback;
  };
  const area = bureauName.endsWith(OFFICE) ? bureauName.slice(0, -OFFICE.length) : '';
  return {
    reconsiderationPeriod: set('reconsiderationPeriod', '六十日'),
    reconsiderationBody: set('reconsiderationBody', area ? `${area}人民政府` : '同级人民政府'),
    suitPeriod: set('suitPeriod', '六个月'),
    ...pick({ court: set('court', area), contactPhone: set('contactPhone', '') }),
    ...pick({ contactAddress: set('contactAddress', '') }),
  };
}

const pick = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

/**
 * 实施行政强制措施决定书 (#21) of a measure carried out, with the period as it ran on that day. Without `listNumber`
 * the list carries this paper's own number. 404; 409 `measure.not_executed`.
 */
export async function measureDecisionPaper(
  from: From,
  bureauId: string,
  id: string,
): Promise<Record<string, unknown>> {
  const measure = await executedMeasure(from.db, bureauId, id);
  const items = await itemsOf(from.db, id);
  const executedOn = dayOf(measure.executedAt);
  const officers = await from.db
    .selectFrom('users')
    .select('name')
    .where('id', 'in', measure.officerIds)
    .orderBy('name')
    .execute();
  const periodDays = measure.periodDays ?? 0;
  return {
    party: await partyBlanks(from, bureauId, measure.partyId),
    suspicion: measure.suspectedAct.replace(/[。．.；;]+$/u, '').replace(/^涉嫌/u, ''),
    basis: basisText(new Set(items.flatMap(({ basis }) => basis ?? []))),
    targets: targetsOf(measure, items),
    measures: [measure.kind],
    periodDays,
    periodFrom: executedOn,
    periodTo: addDays(executedOn, periodDays),
    ...remedies(measure),
    contactPerson: officers.map(({ name }) => name).join('、'),
    issuedOn: executedOn,
    copies: COPIES,
  };
}

const REMARK = 500;

function remarkOf(item: Item): string {
  const net = item.netContent === null ? null : `净含量${normalise(item.netContent)}${item.netUnit ?? ''}`;
  const parts = [
    item.producer && `标称生产者：${item.producer}`,
    item.batchNo && `批号：${item.batchNo}`,
    item.madeOn && `生产日期：${item.madeOn}`,
    net,
    item.measured === 'estimated' ? '数量为估计数' : null,
    item.remark,
  ];
  return truncate(parts.filter(Boolean).join('；').replaceAll('\n', ' '), REMARK);
}

/** One row: premises name their address in the place of a specification and have no quantity. */
function rowOf(item: Item, place: string): Record<string, string> {
  const isPremises = item.category === 'premises';
  const quantity = item.measureQuantity ?? item.quantity;
  return pick({
    name: item.name,
    spec: item.spec ?? (isPremises ? place : ''),
    unit: item.unit ?? '',
    quantity: quantity === null ? '' : normalise(quantity),
    remark: remarkOf(item),
  });
}

/**
 * 场所/设施/财物清单 (#24) of a measure carried out: one row a line, in the order of its list. It carries the number of
 * the decision, and is refused at issue while that has none. 404; 409 `measure.not_executed`.
 */
export async function itemListPaper(
  { db }: From,
  bureauId: string,
  id: string,
): Promise<Record<string, unknown>> {
  const measure = await executedMeasure(db, bureauId, id);
  const items = await itemsOf(db, id);
  const absent =
    measure.partyPresent === false ? `当事人不在场，由见证人${measure.witnessName ?? ''}签名。` : '';
  return {
    targets: targetsOf(measure, items),
    items: items.map((item) => rowOf(item, measure.place)),
    ...pick({ refusalNote: absent }),
    copies: COPIES,
  };
}
