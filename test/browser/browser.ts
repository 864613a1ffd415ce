/**
 * A headless browser from the npm registry alone, with Chinese faces: without the fonts' configuration the pages
 * would be blank where there is Chinese, not even boxes.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium as playwright, type Page } from 'playwright-core';

export type { Browser, BrowserContext, Page };

const FONTS = ['noto-sans-sc', 'noto-serif-sc', 'noto-serif-jp'].map((name) =>
  dirname(fileURLToPath(import.meta.resolve(`@expo-google-fonts/${name}/package.json`))),
);

const PACKAGE = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..');

/** The two sizes every page is looked at. */
export const SIZES = {
  desk: { width: 1366, height: 768 },
  phone: { width: 390, height: 844 },
} as const;

export type Size = keyof typeof SIZES;

/** Unpacks the browser once per version and user; several who do so at once do not see each other's halves. */
async function unpack(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8')) as {
    version: string;
  };
  const base = tmpdir();
  const folder = join(base, `shian-browser-${version}-${userInfo().uid}`);
  if (existsSync(folder)) return folder;
  const fresh = await mkdtemp(join(base, 'shian-browser-'));
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs24.x';
  process.env['TMPDIR'] = fresh;
  const { default: chromium } = await import('@sparticuz/chromium');
  await chromium.executablePath();
  process.env['TMPDIR'] = base;
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }));
  return folder;
}

async function fontsFile(folder: string): Promise<string> {
  const file = join(folder, 'fonts.conf');
  const dirs = FONTS.map((dir) => `<dir>${dir}</dir>`).join('');
  const alias = ['sans-serif', 'system-ui'].map(
    (family) => `<alias><family>${family}</family><prefer><family>Noto Sans SC</family></prefer></alias>`,
  );
  const cache = `<cachedir>${join(folder, 'cache')}</cachedir>`;
  await writeFile(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${dirs}${cache}${alias.join('')}</fontconfig>`,
  );
  return file;
}

/** Starts a browser; the caller closes it. */
export async function startBrowser(): Promise<Browser> {
  const folder = await unpack();
  return playwright.launch({
    executablePath: join(folder, 'chromium'),
    headless: true,
    env: {
      ...(process.env as Record<string, string>),
      FONTCONFIG_FILE: await fontsFile(folder),
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
    },
    // Not the package's own list: it is made for functions in a cloud, and turns the web's security off.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-quic',
      '--font-render-hinting=none',
    ],
  });
}
