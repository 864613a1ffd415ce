import t from 'tap';
import { scene } from '../given/seizures.ts';
import { testApp } from '../app.ts';
import { browserFor } from './desk.ts';

t.test('goods left out of a seizure stay left out over a reload, whatever is answered first', async (t) => {
  const app = await testApp(t);
  const { inspectionId: id } = await scene(app);
  const sit = await browserFor(t, app);
  const { page } = await sit({ role: 'case_officer', size: 'phone', path: `/inspections/${id}/seize` });
  const jerky = page.getByRole('checkbox', { name: /^1\. 牛肉干/ });
  const duck = page.getByRole('checkbox', { name: /^2\. 冷冻鸭胸肉/ });
  await jerky.uncheck();
  await page.getByLabel('涉嫌违法行为').fill('未取得食品生产许可从事食品生产');

  // The bases are there before the goods are.
  let answered = (): void => undefined;
  const bases = new Promise<void>((resolve) => (answered = resolve));
  page.on('response', (response) => {
    if (response.url().includes('/api/measures/bases')) answered();
  });
  await page.route(/\/api\/inspections\/[^/]+\/items/, async (route) => {
    await bases;
    await route.continue();
  });
  await page.reload();
  await duck.waitFor();
  t.equal(await duck.isChecked(), true);
  t.equal(await jerky.isChecked(), false, 'still left out');

  await page.getByRole('button', { name: '全不选' }).click();
  t.equal(await duck.isChecked(), false);
  await page.reload();
  await duck.waitFor();
  t.equal(await duck.isChecked(), false, 'none is taken that was left out');
});
