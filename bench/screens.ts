/**
 * The screens in a headless browser on the same machine, with a hundred thousand parties in the database: what the
 * workbench loads first, how long until it answers, how long from page to page, and quick entry while it is typed in.
 */
import { join } from 'node:path';
import { type BenchDatabase, startDatabase } from './database.ts';
import { fillParties } from './candidates.ts';
import { type Child, logIn, startProduct } from './http.ts';
import { median, percentile } from './measure.ts';
import { type Browser, type Page, SIZES, startBrowser } from '../test/browser/browser.ts';

const PARTIES = 100_000;
const IN_PAGE = join(import.meta.dirname, 'in-page.js');
const LOCALE = "if (location.protocol === 'http:') localStorage.setItem('shian.locale', 'zh')";
const ROUNDS = 5;
const NAMES = 20;
const ROLE = 'intake_officer';
const LIMITS = { firstLoadKb: 350, interactiveMs: 1500, moveMs: 150, letterMs: 50, suggestionsMs: 200 };
const PATHS = ['/tips', '/sources', '/parties', '/', '/tips/new', '/documents'];

type Seat = { browser: Browser; url: string; cookie: string };

/** A browser that has not been here before, logged in. */
async function sit({ browser, url, cookie }: Seat): Promise<Page> {
  const context = await browser.newContext({ viewport: SIZES.desk, reducedMotion: 'reduce' });
  await context.addInitScript(LOCALE);
  await context.addInitScript({ path: IN_PAGE });
  const [name, ...value] = cookie.split('=');
  await context.addCookies([{ name: name!, value: value.join('='), url }]);
  return context.newPage();
}

/** Bytes of script and style as they came over the line, counted by the browser. */
async function countAssets(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page);
  // What had come when the head was there: the limit is on script and style, not on what goes before them.
  const heads = new Map<string, number>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script' || type === 'Stylesheet') heads.set(requestId, response.encodedDataLength);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const head = heads.get(requestId);
    if (head !== undefined) bytes += encodedDataLength - head;
  });
  await session.send('Network.enable');
  return () => bytes;
}

/** What in-page.js offers there; all in milliseconds. */
type InPage = {
  interactive: () => Promise<number>;
  move: (path: string) => Promise<number>;
  watchLetters: () => void;
  painted: () => number[];
  expectLetter: () => void;
  drawn: (name: string) => Promise<number>;
};

type Inner = { bench: InPage };

const untilInteractive = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as Inner).bench.interactive());

async function firstLoad(seat: Seat): Promise<{ kb: number; ms: number }> {
  const page = await sit(seat);
  const bytes = await countAssets(page);
  await page.goto(seat.url, { waitUntil: 'commit' });
  const ms = await untilInteractive(page);
  const kb = bytes() / 1000;
  await page.context().close();
  return { kb, ms };
}

const move = (page: Page, path: string): Promise<number> =>
  page.evaluate((to) => (globalThis as unknown as Inner).bench.move(to), path);

/** From page to page: the first visit of each, which loads its code, and those after it. */
async function moves(seat: Seat): Promise<{ first: number[]; again: number[] }> {
  const page = await sit(seat);
  await page.goto(`${seat.url}/tips/new`);
  await untilInteractive(page);
  const taken: { first: number[]; again: number[] } = { first: [], again: [] };
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const path of PATHS) taken[round === 0 ? 'first' : 'again'].push(await move(page, path));
  await page.context().close();
  return taken;
}

/** Milliseconds from the last letter of a name until its party is drawn beside the form. */
async function suggest(page: Page, name: string): Promise<number> {
  await page.locator('#respondent_name').fill('');
  const characters = Array.from(name);
  for (const character of characters.slice(0, -1)) await page.keyboard.insertText(character);
  await page.evaluate(() => (globalThis as unknown as Inner).bench.expectLetter());
  await page.keyboard.insertText(characters.at(-1)!);
  return page.evaluate((wanted) => (globalThis as unknown as Inner).bench.drawn(wanted), name);
}

async function typing(seat: Seat, names: string[]): Promise<{ letters: number[]; suggestions: number[] }> {
  const page = await sit(seat);
  await page.goto(`${seat.url}/tips/new`);
  await page.locator('#respondent_name').waitFor();
  await page.evaluate(() => (globalThis as unknown as Inner).bench.watchLetters());
  const suggestions: number[] = [];
  for (const name of names) suggestions.push(await suggest(page, name));
  const letters = await page.evaluate(() => (globalThis as unknown as Inner).bench.painted());
  await page.context().close();
  return { letters, suggestions };
}

async function someNames({ asOwner }: BenchDatabase): Promise<string[]> {
  const { rows } = await asOwner(
    `select name from parties where created_by = 'bench' group by name having count(*) = 1
     order by md5(name) limit ${NAMES}`,
  );
  return (rows as { name: string }[]).map(({ name }) => name);
}

const inMs = (values: number[]) => ({ p50Ms: percentile(values, 50), p95Ms: percentile(values, 95) });

async function measure(db: BenchDatabase, seat: Seat): Promise<Record<string, unknown>> {
  const loads: { kb: number; ms: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) loads.push(await firstLoad(seat));
  const { first, again } = await moves(seat);
  const { letters, suggestions } = await typing(seat, await someNames(db));
  const figures = {
    firstLoadKb: Math.round(median(loads.map(({ kb }) => kb))),
    interactiveMs: Math.round(median(loads.map(({ ms }) => ms))),
    firstMove: inMs(first),
    move: inMs(again),
    letter: inMs(letters),
    suggestions: inMs(suggestions),
  };
  const held =
    figures.firstLoadKb <= LIMITS.firstLoadKb &&
    figures.interactiveMs <= LIMITS.interactiveMs &&
    figures.move.p95Ms <= LIMITS.moveMs &&
    figures.letter.p95Ms <= LIMITS.letterMs &&
    figures.suggestions.p95Ms <= LIMITS.suggestionsMs;
  return { parties: PARTIES, ...figures, limits: LIMITS, held };
}

/** Kilobytes (1,000 bytes, compressed) and milliseconds of the screens an officer sits at. */
export async function benchScreens(): Promise<Record<string, unknown>> {
  const db = await startDatabase();
  const children: Child[] = [];
  const browser = await startBrowser();
  try {
    await fillParties(db, PARTIES);
    const product = await startProduct(db);
    children.push(product);
    const { cookie } = await logIn(product.url, db, ROLE);
    return await measure(db, { browser, url: product.url, cookie });
  } finally {
    await browser.close();
    for (const child of children) await child.stop();
    await db.stop();
  }
}
