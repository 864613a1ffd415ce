import t from 'tap';
import { testApp } from '../app.ts';
import { decide, must, officersOf } from '../given/cases.ts';
import {
  EXECUTION,
  linesOf,
  measureInForce,
  measureOf,
  proposedMeasure,
  scene,
  whereOf,
} from '../given/seizures.ts';
import { browserFor, type Desk } from './desk.ts';

type Seat = Desk['page'];

const drawer = (page: Seat) => page.getByRole('dialog');

/** Picks an entry of a list that opens under its field. */
async function pick(page: Seat, label: string, entry: string | RegExp): Promise<void> {
  const field = page.getByRole('combobox', { name: label });
  await field.click();
  if (typeof entry === 'string') await field.fill(entry);
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
    .getByText(entry)
    .first()
    .click();
  await page.locator('.ant-drawer-title').click();
}

const send = (page: Seat, name: string): Promise<void> =>
  drawer(page).getByRole('button', { name, exact: true }).click();

/** Sends what is taken: the form closes. */
async function done(page: Seat, name: string): Promise<void> {
  await send(page, name);
  await page.getByText(`${name}：已完成`).first().waitFor();
  await drawer(page).waitFor({ state: 'hidden' });
}

t.test('a part is lifted and handed back, on a phone by the other officers', async (t) => {
  const app = await testApp(t);
  const site = await scene(app);
  const { id } = await measureInForce(app, site, { places: [0, 1] });
  const sit = await browserFor(t, app);
  const { page, look, checkAxe } = await sit({ role: 'case_officer', path: `/measures/${id}` });
  await page.getByRole('button', { name: '提请解除', exact: true }).click();
  await pick(page, '解除情形', '与违法行为无关');
  await drawer(page).getByLabel('具体理由').fill('该批产品经查系另一企业寄存。');
  await drawer(page).getByRole('switch', { name: '只涉及清单中的部分物品' }).click();
  await pick(page, '清单物品', /牛肉干/);
  await look('measure-lift');
  await checkAxe();
  await drawer(page).getByLabel('数量').fill('200');
  await send(page, '提请解除');
  await drawer(page).locator('.ant-form-item-explain-error').waitFor();
  await drawer(page).getByLabel('数量').fill('20');
  await done(page, '提请解除');
  const asked = (await measureOf(app, id)) as Awaited<ReturnType<typeof measureOf>> & { liftings: object[] };
  t.match(asked.liftings, [{ ground: 'unrelated', items: [{ itemId: site.items[0]!.id, quantity: '20' }] }]);
  await decide(app, asked.approvals.find(({ matter }) => matter === 'measure.lift')!.id);
  const phone = await sit({ role: 'case_officer', path: `/measures/${id}`, size: 'phone' });
  await phone.page.getByRole('button', { name: '退还财物' }).click();
  await drawer(phone.page).getByLabel('签收人').fill('王某');
  for (const name of await namesOf(app)) await pick(phone.page, '办案人员', name);
  await drawer(phone.page).getByLabel('清单编号').fill('退字〔2024〕1号');
  await phone.look('measure-return');
  await done(phone.page, '退还财物');
  await phone.page.getByText('已退还 王某').waitFor();
  await phone.look('measure');
  await phone.checkAxe();
  t.same(await whereOf(app, id), [
    { 'store/held': '100', 'returned/party': '20' },
    { 'store/held': '350.5' },
  ]);
});

async function namesOf(app: Parameters<typeof officersOf>[0]): Promise<string[]> {
  const { items } = await must<{ items: { id: string; name: string }[] }>(
    (await app.as('case_officer')).get('/api/users?limit=200'),
  );
  return officersOf(app).map((id) => items.find((user) => user.id === id)!.name);
}

t.test('a part that names no line is refused, not widened to all', async (t) => {
  const app = await testApp(t);
  const { id } = await measureInForce(app, await scene(app), { places: [0] });
  const sit = await browserFor(t, app);
  const { page } = await sit({ role: 'case_officer', path: `/measures/${id}`, locale: 'en' });
  await page.getByRole('button', { name: 'Ask for lifting', exact: true }).click();
  await pick(page, 'Ground', /another reason/);
  await drawer(page).locator('textarea').first().fill('Evidence is secured.');
  await drawer(page).getByRole('switch', { name: 'Only some lines of the list' }).click();
  await send(page, 'Ask for lifting');
  await drawer(page).getByRole('alert').first().waitFor();
  const { approvals } = await measureOf(app, id);
  t.notOk(approvals.some(({ matter }) => matter === 'measure.lift'));
});

t.test('lines are added and a room is sealed with its seals', async (t) => {
  const app = await testApp(t);
  const site = await scene(app);
  const lines = { kind: 'sealing', items: linesOf(site.items, [3]) };
  const { id, approvalId } = await proposedMeasure(app, site, lines);
  const sit = await browserFor(t, app);
  const { page, look } = await sit({ role: 'case_officer', path: `/measures/${id}` });
  await page.getByRole('button', { name: '补录财物' }).click();
  await drawer(page).getByRole('button', { name: '全不选' }).click();
  await drawer(page)
    .getByRole('checkbox', { name: /鸭胸肉/ })
    .click();
  await look('measure-add');
  await done(page, '补录财物');
  await page.getByRole('cell', { name: '冷冻鸭胸肉' }).waitFor();
  await decide(app, approvalId!);
  await page.reload();
  await page.getByRole('button', { name: '实施', exact: true }).click();
  await drawer(page).getByRole('switch', { name: '当事人在场' }).click();
  await drawer(page).getByRole('switch', { name: '已告知权利' }).click();
  await drawer(page).getByLabel('保存条件').fill(EXECUTION.keepingConditions);
  await drawer(page).getByRole('button', { name: '增加封条' }).click();
  await drawer(page).getByLabel('封条编号').fill('新都封0010');
  await drawer(page).getByLabel('施封位置').fill('加工间大门');
  await look('measure-execute');
  await done(page, '实施');
  t.match(await measureOf(app, id), { state: 'in_force', items: 2, seals: [{ number: '新都封0010' }] });
  await page.getByRole('heading', { name: '现场文书' }).waitFor();
  await page.goto(`${app.url}/measures/${id}`);
  await page.getByText('新都封0010').waitFor();
});
