import type { TestApp } from '../app.ts';
import { must, officersOf, verifiedSource } from './cases.ts';

type Item = { id: string; foundNo: number; name: string; quantity: string | null; version: number };

/** Two kinds of goods, a tool, and the premises, as officers find them. */
export const FOUND = [
  {
    category: 'product',
    name: '牛肉干',
    spec: '200g/袋',
    unit: '袋',
    quantity: '120',
    measured: 'counted',
    producer: '某某食品有限公司',
    batchNo: '20240301',
    unitPriceFen: 4990,
    priceBasis: 'label',
  },
  { category: 'raw_material', name: '冷冻鸭胸肉', unit: '千克', quantity: '350.5', measured: 'weighed' },
  { category: 'other_tool', name: '塑料封口机', unit: '台', quantity: '1', measured: 'counted' },
  { category: 'premises', name: '一楼加工间' },
];

/** An inspection of a source, under way, with two officers of the bureau. */
export async function inspectionUnderWay(
  app: TestApp,
  more: { isDwelling?: boolean; sourceId?: string; partyPresent?: 'present' | 'absent' } = {},
): Promise<{ id: string; sourceId: string }> {
  const officer = await app.as('case_officer');
  const sourceId = more.sourceId ?? (await verifiedSource(app)).id;
  const planned = await must(
    officer.post('/api/inspections', {
      subjectMatter: '涉嫌无证生产食品',
      place: '成都市新都区新繁街道某某路1号',
      isDwelling: more.isDwelling ?? false,
      sourceId,
    }),
    201,
  );
  const start = {
    officerIds: officersOf(app),
    partyNotified: '电话通知当事人到场。',
    partyPresent: more.partyPresent ?? 'present',
    people: [{ side: 'party', name: '王某' }],
  };
  await must(officer.post(`/api/inspections/${planned.id}/start`, start));
  return { id: planned.id, sourceId };
}

/** What an inspection found, recorded; answers the items in their order. */
export async function foundItems(
  app: TestApp,
  inspectionId: string,
  items: readonly object[] = FOUND,
): Promise<Item[]> {
  const officer = await app.as('case_officer');
  const list = await must<{ items: Item[] }>(
    officer.post(`/api/inspections/${inspectionId}/items`, { items }),
    201,
  );
  return list.items;
}
