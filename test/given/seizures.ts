import type { TestApp } from '../app.ts';
import { decide, must, officersOf, verifiedSource } from './cases.ts';
import { RECORD } from './inspections.ts';
import { FOUND, foundItems, inspectionUnderWay } from './raid.ts';

type Item = { id: string; category?: string };

/** A clock as a view shows it. */
export type ClockLine = { rule: string; rawOn: string | null; state: string; extensions: number };

/** What the tests look at in a measure. */
export type MeasureSeen = {
  id: string;
  state: string;
  version: number;
  approvalId: string | null;
  executedAt: string | null;
  endsOn: string | null;
  periodDays: number | null;
  items: number;
  holding: number;
  lawful: boolean;
  mustRelease: boolean;
  inspectionId: string | null;
  officerIds: string[];
  clocks: ClockLine[];
  seals: { number: string; place: string; state: string; appliedAt: string }[];
  totals: { unit: string | null; items: number; quantity: string | null }[];
  approvals: { id: string; matter: string; state: string; afterTheFact: boolean; dueAt: string | null }[];
  papers: { form: string; kind: string; state: string; documentId: string | null; number: string | null }[];
  missing: { form: string; article: string }[];
  alarms: { code: string; gate: string | null; article: string }[];
  allowedActions: {
    action: string;
    allowed: boolean;
    code?: string;
    reason?: string;
    gate?: string;
    article?: string;
  }[];
};

/** The day of the raid, in the morning. */
export const RAID_AT = '2024-03-07T10:00:00+08:00';

/** A scene: an inspection under way whose record says what the law asks, and what it found. */
export type Scene = { inspectionId: string; sourceId: string; items: Item[] };

type Wanted = {
  isDwelling?: boolean;
  found?: readonly object[];
  sourceId?: string;
  partyPresent?: 'present' | 'absent';
  /** False: the officers have not yet written down that they showed their papers. */
  isRecorded?: boolean;
};

/** What an inspection found, with the officers' answers in its record. */
export async function scene(app: TestApp, wanted: Wanted = {}): Promise<Scene> {
  const { found = FOUND, isRecorded = true, ...where } = wanted;
  const sourceId = where.sourceId ?? (await verifiedSource(app)).id;
  app.setNow(RAID_AT);
  const inspection = await inspectionUnderWay(app, { ...where, sourceId });
  const record = { ...RECORD, measuresTold: '告知扣押的理由、依据、权利和救济途径。' };
  if (isRecorded)
    await must((await app.as('case_officer')).post(`/api/inspections/${inspection.id}/record`, record));
  return { inspectionId: inspection.id, sourceId, items: await foundItems(app, inspection.id, found) };
}

/** What a proposal says. */
export const proposalOf = (
  app: TestApp,
  { sourceId, inspectionId }: { sourceId: string; inspectionId?: string },
): Record<string, unknown> => ({
  kind: 'seizure',
  sourceId,
  inspectionId,
  suspectedAct: '未取得食品生产许可从事食品生产',
  reason: '不及时扣押可能被转移、隐匿。',
  officerIds: officersOf(app),
  place: '成都市新都区新繁街道某某路1号',
});

/** How the carrying out goes when all is as the law asks. */
export const EXECUTION = {
  partyPresent: true,
  rightsTold: true,
  keepingPlace: '新都区市场监督管理局涉案财物仓库',
  keepingConditions: '常温，冻品零下18摄氏度',
};

/** The basis each category of `FOUND` stands on. */
const BASIS: Record<string, string> = {
  product: 'FSL110_4',
  raw_material: 'FSL110_4',
  other_tool: 'TBGD15_3',
  premises: 'FSL110_5',
};

/** A measure put before the head. */
export async function proposedMeasure(
  app: TestApp,
  where: { sourceId: string; inspectionId?: string },
  more: Record<string, unknown> = {},
): Promise<MeasureSeen> {
  const body = { ...proposalOf(app, where), ...more };
  return must<MeasureSeen>((await app.as('case_officer')).post('/api/measures', body), 201);
}

/** A measure the head has approved. */
export async function approvedMeasure(
  app: TestApp,
  where: Scene,
  more: Record<string, unknown> = {},
): Promise<MeasureSeen> {
  const { id, approvalId } = await proposedMeasure(app, where, more);
  await decide(app, approvalId!);
  return measureOf(app, id);
}

/** The lines of `items`, by their places in `FOUND`. */
export const linesOf = (items: readonly Item[], places: readonly number[]): object[] =>
  places.map((n) => ({ itemId: items[n]!.id, basis: BASIS[FOUND[n]!.category] }));

/** A measure carried out, by default over the two foods. */
export async function measureInForce(
  app: TestApp,
  where: Scene,
  { places = [0, 1] }: { places?: number[] } = {},
): Promise<MeasureSeen> {
  const { id } = await approvedMeasure(app, where, { items: linesOf(where.items, places) });
  return must<MeasureSeen>((await app.as('case_officer')).post(`/api/measures/${id}/execute`, EXECUTION));
}

/** A measure as the case officer sees it. */
export const measureOf = async (app: TestApp, id: string): Promise<MeasureSeen> =>
  must<MeasureSeen>((await app.as('case_officer')).get(`/api/measures/${id}`));

/** Seizes urgently by one call. */
export async function urgentMeasure(app: TestApp, where: Scene, places = [0, 1]): Promise<MeasureSeen> {
  const items = linesOf(where.items, places);
  const body = { ...proposalOf(app, where), items, execution: EXECUTION };
  return must<MeasureSeen>((await app.as('case_officer')).post('/api/measures/urgent', body), 201);
}

/** Where the goods of the list lie: `place/title` → quantity, item by item, in the order of the list. */
export async function whereOf(app: TestApp, id: string): Promise<Record<string, string>[]> {
  const { items } = await must<{
    items: { balances: { place: string; title: string; quantity: string }[] }[];
  }>((await app.as('case_officer')).get(`/api/measures/${id}/items`));
  return items.map(({ balances }) =>
    Object.fromEntries(
      balances
        .filter(({ quantity }) => quantity !== '0')
        .map(({ place, title, quantity }) => [`${place}/${title}`, quantity]),
    ),
  );
}

/** The clock of a rule. */
export const clockOf = ({ clocks }: MeasureSeen, rule: string): ClockLine | undefined =>
  clocks.find((clock) => clock.rule === rule);

/** Whether an action is offered, and why not. */
export const actionOf = ({ allowedActions }: MeasureSeen, action: string) =>
  allowedActions.find((one) => one.action === action);
