import type { Page } from './browser.ts';
import { choose, day, open, paste, press, send } from './acts.ts';
import type { Desk } from './desk.ts';
import { holds, type Source, type Stage, turn } from './story-report.ts';

const fill = (page: Page, label: string, text: string): Promise<void> =>
  page.getByRole('dialog').getByLabel(label, { exact: true }).fill(text);

const LABEL = [
  ['商品', '手撕风干牛肉干'],
  ['品牌', '川野牧香'],
  ['规格', '200g/袋'],
  ['批号', '20240112'],
  ['生产日期', '2024-01-12'],
  ['生产者', '成都川野牧香食品有限公司'],
  ['抽样地点', '新繁市场监督管理所'],
  ['抽样事由', '核查举报反映的“牛肉干”是否含有牛源性成分'],
  ['抽样过程', '全程录像拆包、分样、封样。'],
  ['抽样基数', '10'],
  ['单位', '袋'],
  ['贮存条件', '常温、避光'],
  ['封样状态', '封条完好'],
  ['购样费用（元）', '245'],
  ['见证人', '见证人丁'],
] as const;

/** Bought online, sealed in two portions, out of the source; then sent to the laboratory. */
export async function samples(stage: Stage): Promise<void> {
  const { t, app, ids } = stage;
  const seat = { at: '2024-02-06T15:30', role: 'case_officer', path: `/sources/${ids['source']}` };
  await turn(stage, seat, async ({ page, look, checkAxe }) => {
    await page.getByRole('button', { name: '发起' }).click();
    await look('story-begin');
    await page.getByRole('menuitem', { name: '抽样' }).click();
    for (const [label, text] of LABEL) await fill(page, label, text);
    await choose(page, '标称源性成分', '牛');
    await page.keyboard.press('Escape');
    await choose(page, '抽样方法', '其他方法');
    await fill(page, '方法说明', '网络购样，随机下单');
    await day(page, '抽样时间', '2024-02-06 15:00');
    await page.getByRole('switch', { name: '网络购样' }).click();
    await fill(page, '网络购样记录', '订单号DEMO-240201-0002，2月1日付款，2月6日收货。');
    for (const [row, quantity, seal] of [
      [0, '5', 'XD-F-2024-0001'],
      [1, '3', 'XD-F-2024-0002'],
    ] as const) {
      const portion = page.getByRole('group', { name: `第 ${row + 1} 行` });
      await portion.getByLabel('数量').fill(quantity);
      await portion.getByLabel('封条编号').fill(seal);
    }
    await look('story-sampling');
    await checkAxe();
    await send(page, '抽样');
    await page.waitForURL(/\/samples\//);
    ids['sample'] = page.url().split('/').at(-1)!;
  });
  const taken = await holds(app, 'case_officer', `/api/samples/${ids['sample']}`);
  t.match(taken, {
    state: 'collected',
    sourceId: ids['source'],
    declaredSpecies: ['cattle'],
    sampledAt: '2024-02-06T15:00:00+08:00',
    paidFen: 24500,
    portions: [
      { kind: 'test', quantity: '5' },
      { kind: 'backup', quantity: '3' },
    ],
  });
  await dispatches(stage);
}

async function dispatches(stage: Stage): Promise<void> {
  const { t, app, ids } = stage;
  const seat = { at: '2024-02-07T09:00', role: 'case_officer', path: `/samples/${ids['sample']}` };
  await turn(stage, seat, async ({ page }) => {
    await open(page, '寄送');
    await choose(page, '检验机构', '成都市食品检验研究院');
    await day(page, '报告期限', '2024-02-28');
    await fill(page, '检验要求', '牛源性成分、鸭源性成分定性检测；检出鸭源性成分的，作定量检测。');
    await send(page, '寄送');
  });
  const sent = await holds(app, 'laboratory_clerk', `/api/samples/${ids['sample']}`);
  t.match(
    sent,
    { state: 'dispatched', sourceId: null, partyName: null },
    'whose it is stays with the bureau',
  );
}

const SHEET = [
  'Item\tResult\tUnit\tLimit\tMethod\tLOD\tLOQ\tU\tk',
  '牛源性成分\t未检出\t/\t/\tGB/T 38164-2019',
  '鸭源性成分\t检出\t/\t/\tGB/T 38164-2019',
  '鸭源性成分含量\t88%\t%\t/\t鸭源性成分微滴数字PCR定量方法\t0.1\t/\t3\t2',
].join('\n');

const RESULTS = [
  { species: 'cattle', detected: false, methodStatus: 'statutory' },
  { species: 'duck', detected: true },
  { species: 'duck', value: '88', uncertainty: '3', shareBasis: 'mass_fraction', replicates: 6 },
];

/** In English: the clerk pastes the results, a second person verifies, a third reports. */
export async function tests(stage: Stage): Promise<void> {
  const path = `/samples/${stage.ids['sample']}`;
  const seat = (at: string, role: string) => ({ at, role, path, locale: 'en' as const });
  await turn(stage, seat('2024-02-07T14:00', 'laboratory_clerk'), async ({ page }) => {
    await open(page, 'Receive');
    await page.getByRole('switch', { name: 'Seal intact' }).click();
    await fill(page, 'Quantity', '5');
    await fill(page, 'Condition', '封条完好，样品无破损');
    await press(page, 'Receive');
    await page.getByText('Receive: done').first().waitFor();
  });
  await turn(stage, seat('2024-02-22T10:00', 'laboratory_clerk'), (desk) => enters(stage, desk));
  await turn(stage, seat('2024-02-22T16:00', 'laboratory_verifier'), async ({ page }) => {
    await open(page, 'Verify');
    await press(page, 'Verify');
    await page.getByText('Verify: done').first().waitFor();
  });
  await turn(stage, seat('2024-02-23T10:00', 'laboratory_approver'), async ({ page }) => {
    await open(page, 'Report');
    await press(page, 'Report');
    await page.getByText('Report: done').first().waitFor();
  });
}

async function enters({ t, app, ids }: Stage, { page, look, checkAxe }: Desk): Promise<void> {
  await open(page, 'Enter the result');
  await fill(page, 'Report number', 'DEMO-SW-2024-0207');
  await day(page, 'Tested from', '2024-02-18');
  await day(page, 'Tested to', '2024-02-21');
  await page.getByPlaceholder(/^Paste from a sheet/).click();
  await paste(page, SHEET);
  await page.getByText('3 items pasted').waitFor();
  const share = page.locator('section.result-row').nth(2);
  await share.getByLabel('Standing of the method').fill('Other');
  await page.keyboard.press('Enter');
  await share.getByLabel('Consent paper').fill('经委托方书面同意（演示）');
  await share.getByLabel('Basis of the share').fill('Mass');
  await page.keyboard.press('Enter');
  await share.getByLabel('Replicates').fill('6');
  await share.getByText('not declared').waitFor();
  await look('story-results');
  await checkAxe();
  await press(page, 'Enter the result');
  await page.getByText('Enter the result: done').first().waitFor();
  const entered = await holds(app, 'laboratory_clerk', `/api/samples/${ids['sample']}`);
  t.match(entered, { state: 'testing', reports: [{ state: 'entered', results: RESULTS }] });
  t.equal(await page.getByRole('button', { name: 'Verify', exact: true }).count(), 0, 'not by the same hand');
}

/** The officer sees the shares beside the label, and what it rests on. */
export async function reads(stage: Stage): Promise<void> {
  const { t, app, ids } = stage;
  const seat = { at: '2024-02-26T09:00', role: 'case_officer', path: `/samples/${ids['sample']}` };
  await turn(stage, seat, async ({ page, look, checkAxe }) => {
    const picture = page.locator('.label-picture');
    await picture.getByText('标签标称：').waitFor();
    const duck = picture.getByRole('listitem').filter({ hasText: '88%' });
    t.match(await duck.innerText(), /鸭[\s\S]*U 3 %, k = 2[\s\S]*未标称/);
    t.match(await picture.getByRole('alert').innerText(), /鸭.*88/);
    await look('story-picture');
    await checkAxe();
    await open(page, '告知结果');
    await day(page, '告知日期', '2024-02-26');
    await send(page, '告知结果');
  });
  const told = await holds(app, 'case_officer', `/api/samples/${ids['sample']}`);
  t.match(told, { state: 'notified', reports: [{ labelJudgment: { flag: 'differs' } }] });
}

const POLICE = '成都市公安局新都区分局';

/** The verification is written down, the clue drafted, approved from the workbench by the head, sent, and taken. */
export async function notices(stage: Stage): Promise<void> {
  const { t, app, ids } = stage;
  const seat = { at: '2024-02-26T15:00', role: 'case_officer', path: `/sources/${ids['source']}` };
  await turn(stage, seat, async ({ page, look }) => {
    await open(page, '扣除期间');
    await choose(page, '扣除事由', '检测');
    await day(page, '自', '2024-02-07');
    await day(page, '至', '2024-02-23');
    await send(page, '扣除期间');
    await open(page, '核查记录');
    await fill(
      page,
      '核查情况',
      '经抽样检验，标称“牛肉干”的产品检出鸭源性成分，定量结果88%，未检出牛源性成分。',
    );
    await send(page, '核查记录');
    await page.getByRole('button', { name: '发起' }).click();
    await page.getByRole('menuitem', { name: '起草线索通报' }).click();
    await fill(page, '接收机关', POLICE);
    await fill(page, '内容', '我局核查发现网售牛肉干检出鸭源性成分88%，商请联合检查。');
    await send(page, '起草线索通报');
    await page.waitForURL(/\/clue-notices\//);
    ids['notice'] = page.url().split('/').at(-1)!;
    await look('story-notice');
  });
  const source = await holds<Source>(app, 'case_officer', `/api/sources/${ids['source']}`);
  t.match(
    source.clocks.find(({ rule }) => rule === 'R01'),
    { rawOn: '2024-03-14' },
    'testing is left out',
  );
  await approves(stage, { at: '2024-02-27T09:00', matter: '通报线索', opinion: '同意通报。' });
  await sends(stage);
}

type Decision = { at: string; matter: string; opinion: string; locale?: 'zh' | 'en' };

const WORDS = {
  zh: { opinion: '意见', done: '审批决定：已完成' },
  en: { opinion: 'Opinion', done: 'Decide: done' },
};

/** The head decides what waits on his workbench, by the keyboard. */
export async function approves(
  stage: Stage,
  { matter, opinion, locale = 'zh', at }: Decision,
): Promise<void> {
  const seat = { at, role: 'bureau_head', path: '/', locale };
  await turn(stage, seat, async ({ page, look, checkAxe }) => {
    const row = page.getByRole('listitem').filter({ hasText: matter });
    await row.waitFor();
    await look(`story-workbench-${(stage.ids['case'] ?? stage.ids['measure']) ? 'later' : 'first'}`);
    await checkAxe();
    const rows = await page.locator('.due-list > li').allInnerTexts();
    for (let n = rows.findIndex((text) => text.includes(matter)); n >= 0; n -= 1)
      await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByLabel(WORDS[locale].opinion, { exact: true }).fill(opinion);
    await page.keyboard.press('Control+Enter');
    await page.getByText(WORDS[locale].done).waitFor();
  });
}

async function sends(stage: Stage): Promise<void> {
  const { t, app, ids } = stage;
  const path = `/clue-notices/${ids['notice']}`;
  const steps = [
    ['2024-02-27T10:00', '通报公安', async () => {}],
    ['2024-02-28T11:00', '公安签收', (page: Page) => fill(page, '签收人', '新都区分局食药环侦大队（演示）')],
    [
      '2024-03-05T10:00',
      '公安处理结果',
      async (page: Page) => {
        await choose(page, '结果', '公安参加');
        await fill(page, '处理情况', '商定3月7日联合突击检查。');
      },
    ],
  ] as const;
  for (const [at, name, fills] of steps) {
    await turn(stage, { at, role: 'police_liaison', path }, async ({ page }) => {
      await open(page, name);
      await fills(page);
      await send(page, name);
    });
  }
  const notice = await holds(app, 'case_officer', `/api/clue-notices/${ids['notice']}`);
  t.match(notice, { state: 'joined', sourceId: ids['source'], approval: { state: 'approved' } });
  t.match(await holds(app, 'case_officer', `/api/sources/${ids['source']}`), { state: 'verifying' });
}
