import t from 'tap';
import { testApp } from '../app.ts';
import { browserFor } from './desk.ts';

const TEXT = `工单编号：CD20240205000777
诉求人：陈某某
联系电话：13800000000
被诉对象：成都演示食品有限公司
诉求内容：2024年1月28日网购“手撕牛肉干”98元，口感不像牛肉，要求查处。`;

t.test('a hotline text is pasted, confirmed and registered without a mouse', async (t) => {
  const app = await testApp(t);
  const sit = await browserFor(t, app);
  const { page, look, checkAxe } = await sit({ role: 'intake_officer', path: '/tips/new' });
  await page.getByLabel('粘贴工单内容').fill(TEXT);
  await page.getByRole('button', { name: '拆分' }).press('Enter');
  await page.getByText(/已填入 \d+ 项/).waitFor();
  await look('entry');
  await checkAxe();
  t.equal(await page.getByLabel('被投诉举报人', { exact: true }).inputValue(), '成都演示食品有限公司');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: /^举报 JB/ }).waitFor();
  await look('tip');
  await checkAxe();
  const { body } = await (
    await app.as('intake_officer')
  ).get<{ items: { outsideNumbers: { number: string }[] }[] }>('/api/tips');
  t.equal(body.items.length, 1, 'one, however it was sent');
  t.equal(body.items[0]!.outsideNumbers[0]?.number, 'CD20240205000777');
});

t.test('what is missing is said beside its field, and the draft outlives a reload', async (t) => {
  const app = await testApp(t);
  const sit = await browserFor(t, app);
  const { page } = await sit({ role: 'intake_officer', path: '/tips/new', size: 'phone' });
  await page.getByLabel('被投诉举报人', { exact: true }).fill('演示小店𠮷');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.locator('.ant-form-item-explain-error').first().waitFor();
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await page.getByText('已恢复上次未提交的内容。').waitFor();
  t.equal(await page.getByLabel('被投诉举报人', { exact: true }).inputValue(), '演示小店𠮷');
});
