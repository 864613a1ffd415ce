import t from 'tap';
import { testApp } from '../app.ts';
import { browserFor } from './desk.ts';
import { ADMINISTRATOR, OFFICER, play, visitAll } from './tour.ts';

t.test(
  'every page: its content, no error in the console, nothing too wide, no fault of access',
  async (t) => {
    const app = await testApp(t);
    t.equal(await play(t, app), 0, 'the story holds');
    const sit = await browserFor(t, app);
    for (const [role, visits] of [
      ['case_officer', OFFICER],
      ['administrator', ADMINISTRATOR],
    ] as const) {
      await visitAll(t, app, { desk: await sit({ role }), role, visits, checks: true });
      const phone = await sit({ role, size: 'phone', locale: 'en' });
      await visitAll(t, app, { desk: phone, role, visits, checks: false });
    }
    for (const role of ['bureau_head', 'laboratory_verifier', 'auditor', 'grid_worker', 'police_liaison']) {
      const desk = await sit({ role, locale: 'en' });
      await visitAll(t, app, { desk, role, visits: OFFICER.slice(0, 1), checks: true });
    }
  },
);

t.test('Chinese is drawn, not blank and not boxes', async (t) => {
  const app = await testApp(t);
  const { page } = await (await browserFor(t, app))({ role: 'case_officer', path: '/tips' });
  await page.getByRole('heading', { name: '投诉举报' }).waitFor();
  // Run by the browser: the tests' own types know no canvas.
  const inks = await page.evaluate<string[]>(`['鸭', '牛', '\u{10fffd}', ' '].map((text) => {
    const context = document.createElement('canvas').getContext('2d');
    context.font = '40px ' + getComputedStyle(document.body).fontFamily;
    context.fillText(text, 0, 60);
    return context.getImageData(0, 0, 60, 80).data.join('');
  })`);
  t.equal(new Set(inks).size, 4, 'two characters, a missing one and nothing look four different ways');
});

t.test('who may not open a page is told so, and what is not there is said to be missing', async (t) => {
  const app = await testApp(t);
  const { page, checkAxe } = await (await browserFor(t, app))({ role: 'laboratory_clerk', path: '/cases' });
  await page.getByText('没有权限').waitFor();
  await checkAxe();
  await page.goto(`${app.url}/samples/00000000-0000-7000-8000-000000000000`);
  await page.getByText('没有找到').waitFor();
  await page.goto(`${app.url}/nowhere`);
  await page.getByText('没有找到').waitFor();
});
