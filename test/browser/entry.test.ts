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

t.test('the operator and the earlier tip are found beside the form, and taken by the keyboard', async (t) => {
  const app = await testApp(t);
  const intake = await app.as('intake_officer');
  const name = '成都演示牧香食品有限公司';
  const address = '四川省成都市新都区演示路9号';
  const party = { kind: 'company', name, address };
  const { body: known } = await intake.post<{ id: string }>('/api/parties', party);
  const tip = { kind: 'report', channel: 'phone', narrative: '不像牛肉', respondent: { name } };
  const { body: earlier } = await intake.post<{ number: string }>('/api/tips', tip);
  const sit = await browserFor(t, app);
  for (const [size, locale] of [
    ['desk', 'zh'],
    ['phone', 'en'],
  ] as const) {
    const { page, look, checkAxe } = await sit({ role: 'intake_officer', path: '/tips/new', size, locale });
    const respondent = page.locator('#respondent_name');
    await respondent.pressSequentially('成都演示木香食品公司');
    await page.getByRole('complementary').getByText(name, { exact: true }).waitFor();
    await page.getByRole('link', { name: earlier.number }).waitFor();
    await look('entry-beside');
    await checkAxe();
    if (size === 'desk') {
      await page.keyboard.press('Alt+1');
      await page.keyboard.press('Alt+r');
    } else {
      await page.getByRole('button', { name: /^Take/ }).click();
      await page.getByRole('button', { name: `A repeat ${earlier.number}` }).click();
    }
    t.equal(await respondent.inputValue(), name);
    t.equal(await page.locator('#respondent_address').inputValue(), address);
    await page.locator('#narrative').fill('同一商品，再次反映。');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: locale === 'zh' ? /^举报 JB/ : /JB2/ }).waitFor();
    await page.getByText(locale === 'zh' ? '重复件' : 'Repeats it', { exact: true }).waitFor();
    if (size === 'desk') await look('tip-linked');
  }
  const { body } = await intake.get<{ items: { partyId: string | null }[] }>('/api/tips');
  t.equal(body.items.filter(({ partyId }) => partyId === known.id).length, 2, 'the new ones are against it');
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
