import t from 'tap';
import { testApp } from '../app.ts';
import { browserFor } from './desk.ts';

const REPORT = {
  kind: 'report',
  channel: '12345',
  respondent: { name: '成都演示食品有限公司' },
  narrative: '网购牛肉干疑似假冒。',
};

t.test('in by the door and out everywhere', async (t) => {
  const app = await testApp(t);
  const sit = await browserFor(t, app);
  const { page, look, checkAxe } = await sit({});
  await page.getByLabel('登录名').fill('case-officer');
  await page.getByLabel('密码').fill('wrong-password');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await look('login');
  await checkAxe();
  await page.getByLabel('密码').fill(app.filled.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '工作台' }).waitFor();
  t.match(await page.getByRole('banner').innerText(), /成都市新都区市场监督管理局/);
  await page.getByRole('button', { name: /Switch language/ }).click();
  await page.getByRole('heading', { name: 'Workbench' }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Search').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: '林晓峰' }).click();
  await page.getByText('Log out everywhere').click();
  await page.getByLabel('Log-in name').waitFor();
});

t.test('a session that ends leaves a half-typed form as it is, and goes on after the password', async (t) => {
  const app = await testApp(t);
  const sit = await browserFor(t, app);
  const { page } = await sit({});
  await page.getByLabel('登录名').fill('intake-officer');
  await page.getByLabel('密码').fill(app.filled.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '工作台' }).waitFor();
  await page.goto(`${app.url}/tips/new`);
  const asked = ['/api/tips/alike', '/api/parties/candidates'].map((path) =>
    page.waitForResponse((answer) => answer.url().includes(path)),
  );
  await page.getByLabel('被投诉举报人', { exact: true }).fill('半途小店');
  await page.getByLabel('反映内容').fill('说到一半会话过期。');
  // What the page asks while he types must be through: the password is asked for by whatever is refused first.
  await Promise.all(asked);
  app.wait(13 * 3_600_000);
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.getByRole('dialog').getByLabel('密码').fill(app.filled.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /^举报 / }).waitFor();
  await page.getByText('半途小店').first().waitFor();
});

t.test('two at once: the second is told, and what he typed is still there', async (t) => {
  const app = await testApp(t);
  const intake = await app.as('intake_officer');
  const { body: tip } = await intake.post<{ id: string; version: number }>('/api/tips', REPORT);
  const sit = await browserFor(t, app);
  const { page } = await sit({ role: 'intake_officer', path: `/tips/${tip.id}` });
  await page.getByRole('button', { name: /更多/ }).click();
  await page.getByRole('menuitem', { name: '更正' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('商品').fill('手撕风干牛肉干');
  await drawer.getByLabel('理由').fill('来电补充商品名称。');
  const other = await intake.post(`/api/tips/${tip.id}/amend`, {
    changes: { brand: '川野牧香' },
    reason: '补充品牌',
  });
  t.equal(other.status, 200);
  await drawer.getByRole('button', { name: '更正', exact: true }).click();
  await drawer.getByRole('alert').first().waitFor();
  t.equal(await drawer.getByLabel('商品').inputValue(), '手撕风干牛肉干');
  await drawer.getByRole('button', { name: '更正', exact: true }).click();
  await drawer.waitFor({ state: 'detached' });
  const { body: after } = await intake.get<{ productName: string; brand: string }>(`/api/tips/${tip.id}`);
  t.match(after, { productName: '手撕风干牛肉干', brand: '川野牧香' }, 'neither is lost');
});

t.test('a double click makes one', async (t) => {
  const app = await testApp(t);
  const sit = await browserFor(t, app);
  const { page } = await sit({ role: 'intake_officer', path: '/tips/new' });
  await page.getByLabel('被投诉举报人', { exact: true }).fill('双击小店');
  await page.getByLabel('反映内容').fill('只应登记一件。');
  await page.getByRole('button', { name: '登记', exact: true }).dblclick();
  await page.getByRole('heading', { name: /^举报 / }).waitFor();
  const { body } = await (await app.as('intake_officer')).get<{ items: unknown[] }>('/api/tips');
  t.equal(body.items.length, 1);
});

t.test('the server is away: it is said, nothing is shown as saved, and it goes on by itself', async (t) => {
  const app = await testApp(t);
  const sit = await browserFor(t, app);
  const { page } = await sit({ role: 'intake_officer', path: '/tips/new' });
  await page.getByLabel('被投诉举报人', { exact: true }).fill('断网小店');
  await page.getByLabel('反映内容').fill('断网时登记。');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.getByRole('alert').getByText('无法连接服务器').waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.getByRole('heading', { name: /^举报 / }).waitFor();
});
