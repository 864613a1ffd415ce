import t from 'tap';
import { testApp } from '../app.ts';
import { account, openOf } from '../given/payments.ts';
import { must } from '../given/cases.ts';
import { decideMatter, servedCase } from '../given/penalty.ts';
import { choose, day, open, send } from './acts.ts';
import { browserFor } from './desk.ts';

t.test('late by eleven days: paid, its surcharge paid, carried out, on the page of the case', async (t) => {
  const app = await testApp(t);
  const { id } = await servedCase(app);
  app.setNow('2024-03-04T10:00:00+08:00');
  const sit = await browserFor(t, app);
  const { page, look, checkAxe } = await sit({ role: 'case_officer', path: `/cases/${id}` });
  await page.getByText('加处罚款计算至 2024-03-04').waitFor();
  await page.getByText('逾期罚款 70,000.00 元 × 3% × 11 = 23,100.00 元').waitFor();
  await open(page, '登记缴款');
  await day(page, '缴款日期', '2024-03-04');
  await page.getByLabel('票据号', { exact: true }).fill('川财票0001');
  await look('case-pay');
  await send(page, '登记缴款');
  t.same(openOf(await account(app, id)), ['0.00', '0.00', '23,100.00']);
  await page.getByRole('button', { name: /暂不能办理/ }).click();
  await page
    .getByText(/处罚决定尚未执行完毕：罚款尚欠 0.00 元/)
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
  await open(page, '登记缴款');
  t.equal(await page.getByRole('dialog').getByLabel('金额', { exact: true }).inputValue(), '23100.00');
  await choose(page, '款项', '加处罚款');
  await day(page, '缴款日期', '2024-03-04');
  await page.getByLabel('票据号', { exact: true }).fill('川财票0002');
  await send(page, '登记缴款');
  await open(page, '处罚执行完毕');
  await day(page, '执行完毕日期', '2024-03-04');
  await send(page, '处罚执行完毕');
  t.match(await account(app, id), { state: 'closing' });
  await look('case-paid');
  await checkAxe();

  const officer = await app.as('case_officer');
  await must(officer.post(`/api/cases/${id}/close`, { opinion: '执行完毕，建议结案。' }));
  await decideMatter(app, id, 'case.close');
  await page.reload();
  await page.getByText('案卷目录').waitFor();
  await look('case-file');
  await open(page, '立卷归档');
  await page.getByLabel('档案号', { exact: true }).fill('2024-XZCF-0001');
  await choose(page, '保管期限', '30年');
  await page.getByLabel('立卷人', { exact: true }).fill('林晓峰');
  await page.getByLabel('检查人', { exact: true }).fill('韩雪');
  await look('case-archive');
  await send(page, '立卷归档');
  await page.getByText('2054-12-31').waitFor();
  t.match(await must(officer.get(`/api/cases/${id}/file`)), { isBound: true, keepUntil: '2054-12-31' });
  await look('case-archived');
  await checkAxe();
});

t.test('what is owed, on a phone and in English', async (t) => {
  const app = await testApp(t);
  const { id } = await servedCase(app);
  app.setNow('2024-04-08T10:00:00+08:00');
  const sit = await browserFor(t, app);
  const phone = await sit({ role: 'case_officer', path: `/cases/${id}`, size: 'phone' });
  await phone.page.getByText(/以罚款 70,000.00 元为限/).waitFor();
  const width = await phone.page.evaluate<number>('document.documentElement.scrollWidth');
  t.equal(width, 390, 'nothing overflows');
  await phone.look('case-owing');
  await phone.checkAxe();
  const english = await sit({ role: 'fines_clerk', path: `/cases/${id}`, locale: 'en' });
  await english.page.getByText(/capped at 70,000.00 yuan/).waitFor();
  await english.page.getByRole('button', { name: 'Enter a payment' }).waitFor();
  await english.checkAxe();
});
