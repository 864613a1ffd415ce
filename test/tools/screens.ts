/**
 * `node test/tools/screens.ts [--role case_officer] [--lang en] [--size desk|phone|both] /tips /tips/:first …`:
 * plays the demo's story on a throw-away database and takes pictures of these pages, for looking at them.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../../src/config.ts';
import { makeTempFolder } from '../../src/db/temp-folder.ts';
import { type Client, makeClient } from '../../src/demo/client.ts';
import { storyClock } from '../../src/demo/clock.ts';
import { fill } from '../../src/demo/fill.ts';
import { playStory } from '../../src/demo/story.ts';
import { makeLog } from '../../src/log.ts';
import { serve } from '../../src/serve.ts';
import { ensureWebBuilt } from '../../src/web-build.ts';
import { type Size, SIZES, startBrowser } from '../browser/browser.ts';

const OUT = resolve(import.meta.dirname, '../../out');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    role: { type: 'string', default: 'case_officer' },
    lang: { type: 'string', default: 'zh' },
    size: { type: 'string', default: 'both' },
    /** Text of a button to press before the picture is taken. */
    click: { type: 'string' },
  },
});

/** `/tips/:first` → the first of the list. */
async function addressOf(path: string, me: Client): Promise<string> {
  if (!path.includes(':first')) return path;
  const list = /^\/([\w-]+)\/:first/.exec(path)![1]!;
  const { body } = await me.get<{ items: { id: string }[] }>(`/api/${list}`);
  return path.replace(':first', body.items[0]?.id ?? 'none');
}

await ensureWebBuilt();
const folder = await makeTempFolder('shian-screens-');
const clock = storyClock('2024-02-05T09:00:00+08:00');
const config = readConfig({ DATA_DIR: folder, PORT: '0', RATE_LIMIT_PER_MINUTE: '1000000' });
const serving = await serve(config, { log: makeLog('silent'), clock, throwaway: true });
const say = console.log;
try {
  const filled = await fill(serving.deps);
  console.log = () => undefined;
  await playStory({ address: serving.address, clock, filled, out: join(folder, 'papers') });
  console.log = say;
  const me = await makeClient(serving.address).logIn(filled.users[values.role]!.login, filled.password);
  const [name, ...value] = me.headers().cookie.split('=');
  const sizes: Size[] = values.size === 'both' ? ['desk', 'phone'] : [values.size as Size];
  const browser = await startBrowser();
  await mkdir(join(OUT, 'screens'), { recursive: true });
  for (const size of sizes) {
    const context = await browser.newContext({
      viewport: SIZES[size],
      isMobile: size === 'phone',
      hasTouch: size === 'phone',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    });
    await context.addInitScript((lang) => localStorage.setItem('shian.locale', lang), values.lang);
    await context.addCookies([{ name: name!, value: value.join('='), url: serving.address }]);
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && say(`console: ${message.text()}`));
    page.on('pageerror', (error) => say(`page error: ${error.message}`));
    for (const path of positionals) {
      await page.goto(serving.address + (await addressOf(path, me)));
      await page.waitForLoadState('networkidle');
      const busy = page.locator('.ant-spin-spinning, .ant-skeleton-active');
      await busy
        .first()
        .waitFor({ state: 'detached', timeout: 10_000 })
        .catch(() => say('still busy'));
      if (values.click) {
        await page.getByText(values.click, { exact: true }).first().click();
        await page.waitForLoadState('networkidle');
        await page.waitForTimeout(400);
      }
      const slug = path.replaceAll(/[^\w]+/g, '-').replaceAll(/^-|-$/g, '') || 'workbench';
      const file = join(OUT, 'screens', `${slug}-${values.role}-${size}-${values.lang}.png`);
      await page.screenshot({ path: file, fullPage: !values.click });
      say(file);
    }
    await context.close();
  }
  await browser.close();
} finally {
  console.log = say;
  await serving.close();
  await rm(folder, { recursive: true, force: true });
}
