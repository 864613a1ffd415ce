import t from 'tap';
import { testApp } from '../app.ts';
import { accepted } from '../mediation/given.ts';
import { choose, day, open, send } from './acts.ts';
import { browserFor } from './desk.ts';

t.test('a complaint is mediated on its page: begun, challenged, settled', async (t) => {
  const app = await testApp(t);
  const { id, view, intake, act } = await accepted(app, '2026-05-11');
  const sit = await browserFor(t, app);
  const { page, look, checkAxe } = await sit({ role: 'intake_officer', path: `/tips/${id}` });
  await page.getByText('调解期限').first().waitFor();
  await open(page, '开始调解');
  await day(page, '投诉人同意日期', '2026-05-11');
  await choose(page, '调解方式', '非现场调解');
  const mediators = page.getByLabel('调解人员', { exact: true });
  await mediators.fill('赵调解');
  await mediators.press('Enter');
  await look('mediation-start');
  await page.getByRole('dialog').getByRole('button', { name: '开始调解' }).last().click();
  await page
    .getByText(/经投诉人和被投诉人同意，方可调解/)
    .first()
    .waitFor();
  await day(page, '被投诉人同意日期', '2026-05-11');
  await send(page, '开始调解');
  t.match(await view(), { state: 'mediating', mediation: { mode: 'remote', mediators: ['赵调解'] } });
  await act('suspend', { askedBy: 'respondent', mediator: '赵调解', reason: '系投诉人近亲属。' });
  await act('resume', { recused: true, decision: '情况属实。', mediators: ['钱调解'] });
  await act('start-testing', {
    kind: 'testing',
    institution: '省食检院',
    chosenBy: 'agreed',
    tested: '牛肉干',
    costShare: '各半',
  });
  await page.reload();
  await page.getByText('应当回避').first().waitFor();
  await look('mediation');
  await checkAxe();
  await act('terminate', { ground: 2, reasons: '经营者明确拒绝调解。' });
  const phone = await sit({ role: 'intake_officer', path: `/tips/${id}`, size: 'phone', locale: 'en' });
  await phone.page.getByText('Terminated on').first().waitFor();
  await phone.look('mediation-ended');
  await phone.checkAxe();
  t.equal((await intake.get(`/api/tips/${id}`)).status, 200);
});
