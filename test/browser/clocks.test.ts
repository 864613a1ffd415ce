import t from 'tap';
import type { ClockDetail, ClockView } from '../../src/modules/deadlines/schemas.ts';
import { testApp, type TestApp } from '../app.ts';
import { filedCase } from '../given/cases.ts';
import { browserFor } from './desk.ts';

async function termOf(app: TestApp, caseId: string): Promise<ClockDetail> {
  const officer = await app.as('case_officer');
  const { body } = await officer.get<{ clocks: ClockView[] }>(`/api/cases/${caseId}`);
  const { id } = body.clocks.find(({ rule }) => rule === 'P04')!;
  return (await officer.get<ClockDetail>(`/api/clocks/${id}`)).body;
}

t.test('days are taken out of a limit where it is explained, and given back by the head', async (t) => {
  const app = await testApp(t);
  const { id } = await filedCase(app);
  const before = await termOf(app, id);
  const sit = await browserFor(t, app);
  const path = `/cases/${id}`;

  await t.test('the officer takes them out', async (t) => {
    const { page, look, checkAxe } = await sit({ role: 'case_officer', path });
    await page.getByRole('button', { name: /P04/ }).click();
    const why = page.getByRole('tooltip');
    await why.getByRole('button', { name: '扣除期间' }).waitFor();
    await look('clock');
    await checkAxe();
    t.equal(await why.getByRole('button', { name: '撤回扣除' }).count(), 0, 'nothing is there to take back');
    await why.getByRole('button', { name: '扣除期间' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('不计入期限的第一日').fill('2024-02-19');
    await form.getByLabel('不计入期限的第一日').press('Enter');
    await form.getByLabel('不计入期限的最后一日').fill('2024-02-20');
    await form.getByLabel('不计入期限的最后一日').press('Enter');
    await form.getByLabel('扣除事由').click();
    await page.getByTitle('鉴定', { exact: true }).click();
    await form.getByLabel('理由', { exact: true }).fill('委托鉴定');
    await look('clock-exclude');
    await checkAxe();
    await form.getByRole('button', { name: '扣除期间' }).click();
    await page.getByRole('button', { name: /P04.*扣除 1 段/ }).waitFor();
    const after = await termOf(app, id);
    t.match(after.exclusionList, [{ from: '2024-02-19', to: '2024-02-20', cause: 'appraisal' }]);
    t.not(after.rawOn, before.rawOn, 'the last day has moved');
  });

  await t.test('on a phone the head takes the exclusion back', async (t) => {
    const { page, look, checkAxe } = await sit({ role: 'bureau_head', size: 'phone', locale: 'en', path });
    await page.getByRole('button', { name: /P04/ }).click();
    await page.getByRole('tooltip').getByRole('button', { name: 'Take an exclusion back' }).waitFor();
    await look('clock');
    await page.getByRole('tooltip').getByRole('button', { name: 'Take an exclusion back' }).click();
    const form = page.getByRole('dialog');
    await form.getByText('2024-02-19 – 2024-02-20 委托鉴定').waitFor();
    await form.getByLabel('Reason').fill('鉴定未进行');
    await look('clock-take-back');
    await checkAxe();
    await form.getByRole('button', { name: 'Take an exclusion back' }).click();
    await form.waitFor({ state: 'hidden' });
    const after = await termOf(app, id);
    t.match(after, { rawOn: before.rawOn, exclusions: 0, exclusionList: [{ removeReason: '鉴定未进行' }] });
  });
});

t.test('who may only read is offered nothing', async (t) => {
  const app = await testApp(t);
  const { id } = await filedCase(app);
  const sit = await browserFor(t, app);
  const { page } = await sit({ role: 'auditor', path: `/cases/${id}` });
  await page.getByRole('button', { name: /P04/ }).click();
  const why = page.getByRole('tooltip');
  await why.getByRole('listitem').first().waitFor();
  t.equal(await why.getByRole('button', { name: '扣除期间' }).count(), 0);
  t.equal(await why.getByRole('button', { name: '暂停' }).count(), 0);
});
