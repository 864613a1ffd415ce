import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Test } from 'tap';
import type { TestApp } from '../app.ts';
import { type Browser, type Page, type Size, SIZES, startBrowser } from './browser.ts';

/** Where the pictures of the pages go. */
export const PICTURES = resolve(import.meta.dirname, '../../out/screens');

type Seat = { role?: string; size?: Size; locale?: 'zh' | 'en'; path?: string };

/** Somebody in front of a browser. */
export type Desk = {
  page: Page;
  /** Takes a picture of the whole page under this name. */
  look: (name: string) => Promise<void>;
  /** Fails the test where axe finds a serious fault. */
  checkAxe: () => Promise<void>;
};

/** One browser for a test file; `sit` puts a user in front of it, logged in, and fails the test on any console error. */
export async function browserFor(t: Test, app: TestApp) {
  const browser: Browser = await startBrowser();
  t.teardown(() => browser.close());
  return async ({ role, size = 'desk', locale = 'zh', path = '/' }: Seat): Promise<Desk> => {
    const context = await browser.newContext({
      viewport: SIZES[size],
      locale: locale === 'zh' ? 'zh-CN' : 'en-GB',
      timezoneId: 'Asia/Shanghai',
      hasTouch: size === 'phone',
      isMobile: size === 'phone',
      reducedMotion: 'reduce',
    });
    t.teardown(() => context.close());
    await context.addInitScript((chosen) => localStorage.setItem('shian.locale', chosen), locale);
    if (role) await context.addCookies(await cookiesOf(app, role));
    const page = await context.newPage();
    const expected =
      /the server responded with a status of (4\d\d|503)|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION/;
    page.on('console', (message) => {
      if (message.type() === 'error' && !expected.test(message.text())) t.fail(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => void t.fail(`page error: ${error.message}`));
    const settled = watchLine(page);
    await page.goto(app.url + path);
    return {
      page,
      look: (name) => settled().then(() => picture(page, `${name}-${size}-${locale}`)),
      checkAxe: () => settled().then(() => axe(t, page)),
    };
  };
}

async function cookiesOf(app: TestApp, role: string) {
  const client = await app.as(role);
  const [name, ...value] = client.headers().cookie.split('=');
  return [{ name: name!, value: value.join('='), url: app.url }];
}

/** Waits until nothing the page has asked for is under way. */
function watchLine(page: Page): () => Promise<void> {
  const asked = new Set<unknown>();
  const waiting: (() => void)[] = [];
  const answered = (request: unknown): void => {
    asked.delete(request);
    if (asked.size === 0) for (const resolve of waiting.splice(0)) resolve();
  };
  page.on('request', (request) => void asked.add(request));
  page.on('requestfinished', answered);
  page.on('requestfailed', answered);
  return () => (asked.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)));
}

async function picture(page: Page, name: string): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

type Violation = { id: string; impact: string | null; nodes: { html: string }[] };

async function axe(t: Test, page: Page): Promise<void> {
  // The policy of the pages lets no foreign script in; this comes from the driver, not from the page.
  await page.evaluate(await readFile(AXE, 'utf8'));
  const violations = await page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as {
      axe: { run: (options: object) => Promise<{ violations: Violation[] }> };
    };
    return (await tool.run({ resultTypes: ['violations'] })).violations;
  });
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  t.same(
    serious.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ html }) => html.slice(0, 160))
          .join(' | ')}`,
    ),
    [],
    'axe-core finds no serious fault',
  );
}
