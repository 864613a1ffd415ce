import t from 'tap';
import { testApp } from '../app.ts';
import { browserFor } from './desk.ts';
import { ADMINISTRATOR, OFFICER, play, visitAll } from './tour.ts';

t.test(
  'every page on a phone, in English: its content, no error, nothing wider than the screen',
  async (t) => {
    const app = await testApp(t);
    t.equal(await play(t, app), 0, 'the story holds');
    const sit = await browserFor(t, app);
    for (const [role, visits] of [
      ['case_officer', OFFICER],
      ['administrator', ADMINISTRATOR],
    ] as const) {
      const desk = await sit({ role, size: 'phone', locale: 'en' });
      await visitAll(t, app, { desk, role, visits, checks: false });
    }
  },
);
