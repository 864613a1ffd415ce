import t from 'tap';
import { inTx } from '../../src/context.ts';
import { notify } from '../../src/modules/notifications/index.ts';
import { testApp, type TestApp } from '../app.ts';
import { must } from '../given/cases.ts';
import { thing } from '../given/clocks.ts';
import { COMPLAINT, REPORT } from '../tips/given.ts';
import { browserFor } from './desk.ts';

/** Two tips given to the officer, the second after the first. */
async function giveTips(app: TestApp): Promise<string[]> {
  const [intake, head] = [await app.as('intake_officer'), await app.as('unit_head')];
  const ids: string[] = [];
  for (const [at, tip] of [REPORT, COMPLAINT].entries()) {
    app.setNow(`2024-02-05T1${at}:00:00+08:00`);
    const { id } = await must(intake.post('/api/tips', tip), 201);
    const to = { kind: 'assign', unitId: app.filled.stationId, userIds: [app.filled.users.case_officer!.id] };
    await must(head.post(`/api/tips/${id}/assign`, to));
    ids.push(id);
  }
  return ids;
}

t.test('the bell counts, leads to the thing, and falls silent', async (t) => {
  const app = await testApp(t);
  const [, second] = await giveTips(app);
  const sit = await browserFor(t, app);

  await t.test('at a desk, without a mouse', async (t) => {
    const { page, look, checkAxe } = await sit({ role: 'case_officer' });
    await page.getByRole('heading', { name: '工作台' }).waitFor();
    const bell = page.getByRole('banner').getByRole('link', { name: /消息/ });
    await page.getByRole('link', { name: '消息，2 条未读' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('b');
    await page.getByRole('heading', { name: '消息' }).waitFor();
    await page
      .getByRole('main')
      .getByRole('link', { name: /已交您办理/ })
      .first()
      .waitFor();
    await look('notifications');
    await checkAxe();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByRole('link', { name: '消息，1 条未读' }).waitFor();
    await page
      .getByRole('main')
      .getByRole('link', { name: /已交您办理/ })
      .click();
    await page.getByRole('heading', { name: /举报/ }).waitFor();
    t.equal(await bell.getAttribute('aria-label'), '消息', 'opened is read');
    await bell.click();
    await page.getByText(/没有未读消息/).waitFor();
    await look('notifications-empty');
    await checkAxe();
    await page.getByText('全部', { exact: true }).click();
    await page.getByRole('main').getByRole('listitem').nth(1).waitFor();
    t.equal(await page.getByRole('main').getByRole('listitem').count(), 2);
    await page.getByRole('main').getByRole('link').first().click();
    await page.waitForURL(`**/tips/${second}`);
  });

  await t.test('on a phone, in English, with many', async (t) => {
    const kinds = ['clock.overdue', 'measure.expires'] as const;
    const to = [app.filled.users.case_officer!.id];
    const params = { rule: 'S04f', lastOn: '2024-03-06' };
    await inTx(app.ctx(), async (tx) => {
      for (let at = 0; at < 130; at += 1) {
        const subject = thing('measure');
        const about = { subject, topic: `clock:${subject.id}`, event: '' };
        await notify(tx, app.filled.bureauId, [{ kind: kinds[at % 2]!, params, to, ...about }]);
      }
    });
    const { page, look, checkAxe } = await sit({
      role: 'case_officer',
      size: 'phone',
      locale: 'en',
      path: '/notifications',
    });
    await page.getByRole('link', { name: 'Notifications, 99+ unread' }).waitFor();
    await page
      .getByText(/A measure is about to end/)
      .first()
      .waitFor();
    await look('notifications-many');
    await checkAxe();
    const width = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    t.equal(width, 0, 'nothing sticks out');
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByText(/Nothing unread/).waitFor();
    await page.getByRole('banner').getByRole('link', { name: 'Notifications', exact: true }).waitFor();
  });
});
