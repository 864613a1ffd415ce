import type { Test } from 'tap';
import type { TestApp } from '../app.ts';
import { must } from '../given/cases.ts';
import { choose, open, send } from './acts.ts';
import type { browserFor, Desk } from './desk.ts';

/** What every scene plays on: the product, its browser, and the ids of the story's things. */
export type Stage = {
  t: Test;
  app: TestApp;
  sit: Awaited<ReturnType<typeof browserFor>>;
  ids: Record<string, string>;
};

/** What the server holds at `path`, as `role` is shown it. */
export async function holds<T = Record<string, unknown>>(
  app: TestApp,
  role: string,
  path: string,
): Promise<T> {
  return must<T>((await app.as(role)).get(path));
}

/** Somebody sits down at `instant`, does something, and gets up again. */
export async function turn(
  { app, sit }: Stage,
  { at, ...seat }: { at: string; role: string; path: string; size?: 'desk' | 'phone'; locale?: 'zh' | 'en' },
  act: (desk: Desk) => Promise<void>,
): Promise<void> {
  app.setNow(`${at}:00+08:00`);
  const desk = await sit(seat);
  await act(desk);
  await desk.page.context().close();
}

/** Chooses people of a list, one after the other. */
export async function people(page: Desk['page'], label: string, names: readonly string[]): Promise<void> {
  for (const name of names) await choose(page, label, name);
  await page.keyboard.press('Escape');
}

export const namesOf = ({ app }: Stage): string[] =>
  ['case_officer', 'case_officer_2'].map((role) => app.filled.users[role]!.name);

const HOTLINE = `工单编号：CD20240205000123
诉求人：举报人甲
联系电话：13800000001
被诉对象：成都川野牧香食品有限公司（演示）
被诉地址：四川省成都市新都区大丰街道演示大道100号
诉求内容：2024年1月28日在网店购买“川野牧香手撕风干牛肉干”98元，口感、纤维不像牛肉，怀疑以其他肉冒充牛肉，要求查处并下架。`;

/** What the scenes look at of a case source. */
export type Source = {
  state: string;
  verifiers: { name: string }[];
  clocks: { rule: string; rawOn: string }[];
};

type Tip = {
  id: string;
  kind: string;
  channel: string;
  respondentName: string;
  state: string;
  outsideNumbers: { number: string }[];
};

/** The hotline's text comes from the clipboard; no mouse is touched. */
export async function reports(stage: Stage): Promise<void> {
  const { t, app, ids } = stage;
  await turn(stage, { at: '2024-02-05T09:10', role: 'intake_officer', path: '/' }, async ({ page, look }) => {
    await page.getByRole('heading', { name: '工作台' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('n');
    await page.getByLabel('粘贴工单内容').waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(HOTLINE)})`);
    await page.keyboard.press('Control+v');
    await page.getByText(/已填入 \d+ 项/).waitFor();
    await look('story-entry');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: /^举报 JB/ }).waitFor();
    const { items } = await holds<{ items: Tip[] }>(app, 'intake_officer', '/api/tips');
    t.match(items, [{ kind: 'report', channel: '12345', state: 'received' }]);
    t.match(items[0], {
      respondentName: '成都川野牧香食品有限公司（演示）',
      outsideNumbers: [{ number: 'CD20240205000123' }],
    });
    t.equal(items.length, 1);
    ids['tip'] = items[0]!.id;
    t.notMatch(await page.locator('main').innerText(), '13800000001', 'the reporter is not shown unasked');
  });
}

/** The report becomes a case source, on the page of the tip. */
export async function opensSource(stage: Stage): Promise<void> {
  const { t, app, ids } = stage;
  const seat = { at: '2024-02-05T10:00', role: 'intake_officer', path: `/tips/${ids['tip']}` };
  await turn(stage, seat, async ({ page, look }) => {
    await open(page, '转为案源');
    await page.getByLabel('内容', { exact: true }).fill('群众举报网售手撕风干牛肉干疑以其他肉冒充牛肉。');
    await page.getByLabel('处理意见', { exact: true }).fill('转新繁市场监督管理所核查，对涉案产品抽样检验。');
    await look('story-open-source');
    await send(page, '转为案源');
    await page.waitForURL(/\/sources\//);
    ids['source'] = page.url().split('/').at(-1)!;
  });
  const source = await holds(app, 'case_officer', `/api/sources/${ids['source']}`);
  t.match(source, { origin: 'tip', state: 'registered', tipId: ids['tip'] });
}

/** The dispatcher hands it to the station, whose head names two officers. */
export async function verifies(stage: Stage): Promise<void> {
  const { t, app, ids } = stage;
  const path = `/sources/${ids['source']}`;
  await turn(stage, { at: '2024-02-05T11:00', role: 'dispatcher', path }, async ({ page }) => {
    await page.getByRole('button', { name: /更多/ }).click();
    await page.getByRole('menuitem', { name: '分派' }).click();
    await choose(page, '机构', '新繁市场监督管理所');
    await people(page, '人员', namesOf(stage));
    await send(page, '分派');
  });
  await turn(stage, { at: '2024-02-05T14:00', role: 'unit_head', path }, async ({ page, look }) => {
    await open(page, '开始核查');
    await people(page, '核查人员', namesOf(stage));
    await send(page, '开始核查');
    await page.getByText('2024-03-01').first().waitFor();
    await look('story-source');
  });
  const source = await holds<Source>(app, 'case_officer', `/api/sources/${ids['source']}`);
  t.equal(source.state, 'verifying');
  t.same(source.verifiers.map(({ name }) => name).toSorted(), namesOf(stage).toSorted());
  t.match(
    source.clocks.find(({ rule }) => rule === 'R01'),
    { rawOn: '2024-03-01' },
  );
}
