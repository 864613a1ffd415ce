/**
 * `npm run build [-- --if-newer]`: the screens, from `src/web` to `dist/web`, hashed and compressed beforehand.
 * `npm start` and `npm run demo` call it first, and it does nothing where no source is newer than what is there.
 */
import { existsSync, globSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { promisify } from 'node:util';

const ROOT = resolve(import.meta.dirname, '..');
const SOURCES = join(ROOT, 'src/web');
/** Where the server finds the screens. */
export const WEB_DIR = join(ROOT, 'dist/web');
const COMPRESSED = /\.(m?js|css|html|svg|json|webmanifest)$/;

/** Whether a source, or the set of packages, has changed since the screens were built. */
function isStale(): boolean {
  const built = join(WEB_DIR, 'index.html');
  if (!existsSync(built)) return true;
  const { mtimeMs } = statSync(built);
  const sources = globSync('**/*.*', { cwd: SOURCES }).map((name) => join(SOURCES, name));
  return [...sources, join(ROOT, 'package-lock.json')].some((file) => statSync(file).mtimeMs > mtimeMs);
}

async function compress(file: string): Promise<void> {
  const content = await readFile(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 9,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(content, { params }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${file}.br`, brotli), writeFile(`${file}.gz`, gzipped)]);
}

/** Builds into a folder of its own and then puts it in place: a server that runs never sees half of it. */
export async function buildWeb(): Promise<void> {
  const [{ build }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')]);
  const fresh = `${WEB_DIR}.${process.pid}`;
  await build({
    root: SOURCES,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: fresh,
      emptyOutDir: true,
      target: 'es2023',
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000,
      modulePreload: { polyfill: false },
      // Inlined files would need a wider content security policy.
      assetsInlineLimit: 0,
    },
  });
  const files = globSync('**/*.*', { cwd: fresh }).filter((name) => COMPRESSED.test(name));
  await Promise.all(files.map((name) => compress(join(fresh, name))));
  await mkdir(join(WEB_DIR, '..'), { recursive: true });
  await rm(WEB_DIR, { recursive: true, force: true });
  await rename(fresh, WEB_DIR).catch(() => rm(fresh, { recursive: true, force: true }));
}

/** Builds the screens where they are missing or older than their sources. */
export async function ensureWebBuilt(): Promise<void> {
  if (isStale()) await buildWeb();
}

if (import.meta.main) await (process.argv.includes('--if-newer') ? ensureWebBuilt() : buildWeb());
