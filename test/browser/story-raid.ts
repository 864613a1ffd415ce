import { choose, day, open, send } from './acts.ts';
import type { Page } from './browser.ts';
import { confirmSignature, signAs, writeOnPad } from './pad.ts';
import { holds, namesOf, people, type Source, type Stage, turn } from './story-report.ts';
import { approves } from './story-test.ts';

const SITE = '四川省成都市新都区新繁街道演示村3组18号（三层民房）';
const PARTY = '演示人丙';
const POLICE = '成都市公安局新都区分局';

const drawer = (page: Page) => page.locator('.ant-drawer-open');
const fill = (page: Page, label: string, text: string): Promise<void> =>
  drawer(page).getByLabel(label, { exact: true }).fill(text);
const lastOf = (page: Page): string => page.url().split('/').at(-1)!;

/** The day before: the party, the plan with the police, and the seizure the head approves beforehand. */
export async function prepares(stage: Stage): Promise<void> {
  const { t, app, ids } = stage;
  await turn(stage, { at: '2024-03-06T09:00', role: 'case_officer', path: '/parties' }, async ({ page }) => {
    await page.getByRole('button', { name: '登记当事人' }).click();
    await choose(page, '类型', '自然人', drawer(page));
    await fill(page, '名称', PARTY);
    await fill(page, '地址', '四川省成都市新都区新繁街道演示村3组18号');
    await send(page, '登记当事人');
    await page.waitForURL(/\/parties\/./);
    ids['party'] = lastOf(page);
  });
  const path = `/sources/${ids['source']}`;
  await turn(stage, { at: '2024-03-06T09:30', role: 'case_officer', path }, (desk) =>
    plans(stage, desk.page),
  );
  await turn(stage, { at: '2024-03-06T10:00', role: 'case_officer', path }, (desk) => asks(stage, desk.page));
  await opines(stage, { at: '2024-03-06T15:00', opinion: '建议同意。' });
  await approves(stage, { at: '2024-03-06T16:00', matter: '采取强制措施', opinion: '同意实施扣押。' });
  const measure = await holds<{ approvalId: string }>(app, 'case_officer', `/api/measures/${ids['measure']}`);
  t.match(measure, { state: 'approved', partyId: ids['party'], sourceId: ids['source'], kind: 'seizure' });
  ids['approval'] = measure.approvalId;
}

async function plans({ t, app, ids }: Stage, page: Page): Promise<void> {
  await page.getByRole('button', { name: '发起' }).click();
  await page.getByRole('menuitem', { name: '计划联合行动' }).click();
  await fill(page, '行动名称', '新繁街道演示村民房联合突击检查');
  await day(page, '计划日期', '2024-03-07');
  await fill(page, '协作机关', POLICE);
  await fill(page, '行动方案', '市场监管负责检查、清点、扣押；公安负责现场秩序和人员控制。');
  await fill(page, '场所名称', '三层民房');
  await fill(page, '地址', SITE);
  await drawer(page).getByRole('switch', { name: '当事人住所' }).click();
  await drawer(page).getByRole('button', { name: '增加公安人员' }).click();
  await fill(page, '姓名', '民警戊');
  await fill(page, '警号', '000001');
  await fill(page, '单位', POLICE);
  await send(page, '计划联合行动');
  await page.waitForURL(/\/operations\//);
  ids['operation'] = lastOf(page);
  const operation = await holds(app, 'case_officer', `/api/operations/${ids['operation']}`);
  t.match(operation, { state: 'planned', plannedOn: '2024-03-07', sourceId: ids['source'] });
  t.match(operation, { sites: [{ isDwelling: true }], people: { 2: { side: 'police', name: '民警戊' } } });
}

async function asks({ ids }: Stage, page: Page): Promise<void> {
  await page.getByRole('button', { name: '发起' }).click();
  await page.getByRole('menuitem', { name: '提请采取措施' }).click();
  await fill(page, '涉嫌违法行为', '未取得食品生产许可从事食品生产');
  await fill(page, '采取措施的理由', '现场的产品、原料和设备用于违法生产，不及时扣押可能被转移、隐匿。');
  await fill(page, '地点', SITE);
  await choose(page, '已登记的当事人', PARTY);
  await send(page, '提请采取措施');
  await page.waitForURL(/\/measures\//);
  ids['measure'] = lastOf(page);
}

/** The unit's head says what he thinks of what was proposed last. */
async function opines(stage: Stage, { at, opinion }: { at: string; opinion: string }): Promise<void> {
  await turn(stage, { at, role: 'unit_head', path: '/approvals?state=proposed' }, async ({ page }) => {
    await page.getByRole('row').nth(1).getByRole('link').click();
    await open(page, '签署意见');
    await fill(page, '意见', opinion);
    await send(page, '签署意见');
  });
}

/** On the phone in the dwelling: begin, write down, count, seize, sign, end. */
export async function raids(stage: Stage): Promise<void> {
  const seat = (at: string, path: string) =>
    ({ at: `2024-03-07T${at}`, role: 'case_officer', path, size: 'phone' }) as const;
  const { ids } = stage;
  await turn(stage, seat('09:10', `/operations/${ids['operation']}`), (desk) => enters(stage, desk.page));
  const path = `/inspections/${ids['inspection']}`;
  await turn(stage, seat('11:00', path), (desk) => writesDown(desk.page));
  await turn(stage, seat('11:30', `${path}/items`), (desk) => counts(stage, desk.page));
  await turn(stage, seat('12:00', `${path}/seize`), (desk) => seizes(stage, desk.page));
  await turn(stage, seat('12:15', `/measures/${ids['measure']}/papers`), (desk) => signs(stage, desk.page));
  await turn(stage, seat('12:30', path), (desk) => ends(desk.page));
  await papersAreThere(stage);
}

async function enters({ t, app, ids }: Stage, page: Page): Promise<void> {
  await open(page, '开始行动');
  await send(page, '开始行动');
  await page.getByRole('button', { name: '计划检查' }).click();
  await fill(page, '检查事由', '涉嫌未取得食品生产许可生产“牛肉干”');
  await choose(page, '已登记的当事人', PARTY);
  await send(page, '计划检查');
  await page.waitForURL(/\/inspections\//);
  ids['inspection'] = lastOf(page);
  await open(page, '开始检查');
  await choose(page, '当事人到场情况', '到场');
  await fill(page, '通知当事人到场情况', '当事人在现场，全程配合检查。');
  await drawer(page).getByRole('button', { name: '增加人员' }).click();
  await drawer(page).getByLabel('姓名').last().fill(PARTY);
  await send(page, '开始检查');
  const inspection = await holds(app, 'case_officer', `/api/inspections/${ids['inspection']}`);
  t.match(inspection, { state: 'under_way', place: SITE, isDwelling: true, operationId: ids['operation'] });
  t.match(inspection, { sourceId: ids['source'], partyId: ids['party'] });
}

async function writesDown(page: Page): Promise<void> {
  await open(page, '现场笔录');
  await fill(page, '对出示证件的回答', '看清楚了。');
  await fill(page, '对权利告知的回答', '听清楚了，不申请回避。');
  await fill(page, '现场情况', '该处为三层自建民房，现场未见食品生产许可证；二层有工人将鸭肉切条腌制。');
  await fill(page, '当场告知强制措施的情况', '已当场告知理由、依据、权利和救济途径。');
  await fill(page, '当事人的陈述和申辩', '我没有办许可证，愿意配合调查。');
  await send(page, '现场笔录');
}

const FOUND = [
  ['手撕风干牛肉干', '1260', '袋', '成品'],
  ['冻鸭胸肉', '386.5', '千克', '原料'],
  ['真空包装机', '2', '台', '生产经营工具设备'],
] as const;

async function counts({ t, app, ids }: Stage, page: Page): Promise<void> {
  for (const [at, [name, quantity, unit]] of FOUND.entries()) {
    await page.locator('#item-name').fill(name);
    await page.locator('#item-quantity').fill(quantity);
    await page.locator('#item-unit').fill(unit);
    await page.getByRole('button', { name: '记下，下一项' }).click();
    await page.getByText(`已登记（${at + 1} 项）`).waitFor();
  }
  const { items } = await holds<{ items: object[] }>(
    app,
    'case_officer_2',
    `/api/inspections/${ids['inspection']}/items`,
  );
  t.match(
    items,
    FOUND.map(([name, quantity, unit]) => ({ name, quantity, unit })),
  );
}

/** On the head's approval of the day before, each thing on its basis. */
async function seizes({ t, app, ids }: Stage, page: Page): Promise<void> {
  await page.getByText(new RegExp(`按已批准的扣押 ${PARTY}实施`)).waitFor();
  await page.getByRole('switch', { name: '已告知权利' }).click();
  await page.getByLabel('保存地点').fill('新都区市场监督管理局涉案财物仓库');
  await page.getByLabel('保存条件').fill('冻品存放于零下18摄氏度冷库，其余常温存放');
  await page.getByLabel('住所交接说明').fill('当事人自行将物品搬出交执法人员清点，村民委员会工作人员在场。');
  await page.getByRole('button', { name: '增加封条' }).click();
  await page.getByLabel('封条编号').fill('新都封2024-0307-01');
  await page.getByLabel('施封位置').fill('冷冻原料箱');
  await page.getByRole('button', { name: '实施', exact: true }).click();
  await page.waitForURL(/\/papers$/);
  const measure = await holds(app, 'case_officer', `/api/measures/${ids['measure']}`);
  t.match(measure, { state: 'in_force', items: 3, endsOn: '2024-04-06', inspectionId: ids['inspection'] });
  t.match(measure, { seals: [{ number: '新都封2024-0307-01' }] });
}

/** Drawn up, signed on the glass by the party and both officers, and issued. */
async function signs({ t }: Stage, page: Page): Promise<void> {
  await page.getByRole('button', { name: '制作决定书和清单' }).click();
  await page.getByRole('button', { name: '出具决定书和清单' }).waitFor();
  const listed = page.getByRole('listitem').filter({ hasText: '财物清单' });
  await listed.getByRole('button', { name: '签名', exact: true }).click();
  await signAs(page, { name: PARTY, capacity: '本人' });
  await confirmSignature(page);
  for (let hand = 0; hand < 2; hand += 1) {
    await page.getByRole('combobox', { name: '办案人员' }).waitFor();
    await writeOnPad(page);
    await confirmSignature(page);
  }
  await drawer(page)
    .getByRole('button', { name: /取\s?消/ })
    .click();
  t.equal(await listed.getByRole('button', { name: '撤回签名' }).count(), 3);
  await page.getByRole('button', { name: '出具决定书和清单' }).click();
  await listed.getByRole('link', { name: '打印' }).waitFor();
}

async function ends(page: Page): Promise<void> {
  await open(page, '结束检查');
  await fill(page, '核对笔录后的回答', '以上笔录已核对，记录属实。');
  await send(page, '结束检查');
  await issues(page, '现场笔录');
}

/** A paper is drawn up on the page of what it is of, looked at, and issued. */
async function issues(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: '制作文书' }).first().click();
  await page.getByRole('menuitem', { name: new RegExp(title) }).click();
  await page.waitForURL(/\/documents\//);
  await page.getByRole('img', { name: /第 1 页/ }).waitFor();
  await open(page, '出具');
  await send(page, '出具');
  await page.locator('.record-head').getByText('已出具').waitFor();
}

/** With the approval's own paper the seizure is lawful. */
async function papersAreThere(stage: Stage): Promise<void> {
  const { t, app, ids } = stage;
  const seat = { at: '2024-03-07T14:00', role: 'case_officer', path: `/approvals/${ids['approval']}` };
  await turn(stage, seat, async ({ page, look }) => {
    await issues(page, '审批表');
    await look('story-paper');
  });
  t.match(await holds(app, 'case_officer', `/api/measures/${ids['measure']}`), { lawful: true });
}

/** The case is proposed out of the source, and filed by the head from his workbench, in English. */
export async function files(stage: Stage): Promise<void> {
  const { t, app, ids } = stage;
  const seat = { at: '2024-03-08T09:00', role: 'case_officer', path: `/sources/${ids['source']}` };
  await turn(stage, seat, async ({ page, look }) => {
    await page.getByText('新繁街道演示村民房联合突击检查').waitFor();
    await look('story-source-full');
    await page.getByRole('button', { name: '发起' }).click();
    await page.getByRole('menuitem', { name: '提请立案' }).click();
    await choose(page, '当事人', PARTY);
    await fill(page, '案件名称', '演示人丙涉嫌未经许可从事食品生产案');
    await fill(page, '案由', '涉嫌未取得食品生产许可从事食品生产');
    await fill(
      page,
      '基本事实',
      '2024年3月7日突击检查，当事人未取得食品生产许可，使用鸭肉生产标称“牛肉干”的产品。',
    );
    await fill(page, '法律依据', '《中华人民共和国食品安全法》第三十五条第一款、第一百二十二条第一款');
    await fill(page, '管辖依据', '违法行为发生地在本局辖区（《市场监督管理行政处罚程序规定》第七条）。');
    await people(page, '办案人员', namesOf(stage));
    await send(page, '提请立案');
    await page.waitForURL(/\/cases\//);
    ids['case'] = lastOf(page);
  });
  await opines(stage, { at: '2024-03-08T10:00', opinion: '建议立案调查。' });
  await approves(stage, {
    at: '2024-03-08T11:00',
    matter: 'File a case',
    opinion: '同意立案。',
    locale: 'en',
  });
  const filed = await holds<Source>(app, 'case_officer', `/api/cases/${ids['case']}`);
  t.match(filed, { state: 'investigating', party: { id: ids['party'] }, source: { state: 'case_opened' } });
  t.match(
    filed.clocks.find(({ rule }) => rule === 'P04'),
    { rawOn: '2024-06-06' },
  );
}

/** Somebody tells the bureau on his telephone, keeps number and code, and follows; the intake officer has it. */
export async function tells({ t, app, sit }: Stage): Promise<void> {
  app.setNow('2024-03-09T20:00:00+08:00');
  const { page } = await sit({ size: 'phone', path: '/report' });
  await page.locator('[id="respondent.name"]').fill('新繁某某小吃店');
  await page.locator('#narrative').fill('卖的牛肉干不像牛肉。');
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByRole('heading', { name: '已收到' }).waitFor();
  const [number = '', code = ''] = await page.locator('dd.code').allTextContents();
  await page.locator('main').getByRole('link').click();
  await page.locator('#number').fill(number);
  await page.locator('#code').fill(code);
  await page.getByRole('button', { name: '查询' }).click();
  await page.getByText('已收到，正在处理。').waitFor();
  t.notMatch(page.url(), code, 'the code stays out of the address');
  await page.context().close();
  const { items } = await holds<{ items: object[] }>(app, 'intake_officer', `/api/tips?q=${number}`);
  t.match(items, [{ number, respondentName: '新繁某某小吃店', state: 'received', kind: 'report' }]);
}
