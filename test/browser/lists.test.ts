import { readFile } from 'node:fs/promises';
import { read } from '@e965/xlsx';
import t from 'tap';
import { testApp } from '../app.ts';
import { COMPLAINT, givenTip, REPORT } from '../tips/given.ts';
import { browserFor } from './desk.ts';

t.test('a list is taken along as the filters show it', async (t) => {
  const app = await testApp(t);
  const intake = await app.as('intake_officer');
  await givenTip(intake, REPORT);
  const { number } = await givenTip(intake, COMPLAINT);
  const sit = await browserFor(t, app);

  t.test('at a desk, with its columns kept for who chose them', async (t) => {
    const { page, look, checkAxe } = await sit({ role: 'case_officer', path: '/tips?kind=complaint' });
    await page.getByText(number).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出 Excel' }).click(),
    ]);
    t.match(file.suggestedFilename(), /^投诉举报-\d{4}-\d\d-\d\d\.xlsx$/);
    const book = read(await readFile(await file.path()));
    const sheet = book.Sheets[book.SheetNames[0]!]!;
    t.equal(sheet.A2!.v, number);
    t.equal(sheet.A3, undefined, 'the report is not among them');
    await page.getByRole('button', { name: '显示的列' }).click();
    await page.getByRole('checkbox', { name: '商品' }).uncheck();
    await page.getByRole('columnheader', { name: '商品' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText(number).waitFor();
    t.equal(await page.getByRole('columnheader', { name: '商品' }).count(), 0);
    const kept = await page.evaluate(() =>
      Object.keys(localStorage).filter((key) => key.includes('columns')),
    );
    t.same(kept, [`shian.columns.${app.filled.users.case_officer!.id}.tips`]);
    await checkAxe();
    await look('list-export');
  });

  t.test('on a phone, where a refusal is said', async (t) => {
    const { page, look } = await sit({ role: 'case_officer', path: '/tips', size: 'phone', locale: 'en' });
    await page.getByText(number).waitFor();
    await page.route('**/api/tips.xlsx*', (route) => route.abort('connectionrefused'));
    await page.getByRole('button', { name: 'Export to Excel' }).click();
    await page.getByRole('alert').waitFor();
    t.equal(
      await page.getByRole('button', { name: 'Export to Excel' }).count(),
      1,
      'and it can be tried again',
    );
    await look('list-export-away');
  });
});
