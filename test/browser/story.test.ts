/** The case the product was made for, driven through the screens by each of its people. */
import t from 'tap';
import { testApp } from '../app.ts';
import { browserFor } from './desk.ts';
import { files, prepares, raids, tells } from './story-raid.ts';
import { opensSource, reports, verifies } from './story-report.ts';
import { notices, reads, samples, tests } from './story-test.ts';

t.test('the seed case, each step on the screens by the one whose it is', async (t) => {
  const app = await testApp(t);
  const stage = { t, app, sit: await browserFor(t, app), ids: {} as Record<string, string> };
  t.comment('the intake officer, without a mouse');
  await reports(stage);
  await opensSource(stage);
  await verifies(stage);
  t.comment('the sample, and the laboratory in English');
  await samples(stage);
  await tests(stage);
  await reads(stage);
  t.comment('the clue goes to the police');
  await notices(stage);
  t.comment('the raid, at phone size');
  await prepares(stage);
  await raids(stage);
  t.comment('the case');
  await files(stage);
  t.comment('a consumer');
  await tells(stage);
});
