import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import t from 'tap';

const SRC = resolve(import.meta.dirname, '../../src');

/** Dependency order: a module imports only modules above it, and only their `index.ts`. */
const MODULES = `
  audit identity records approvals files grid deadlines fines notifications parties documents services sources cases evidence letters
  tips mediation inspections laboratories goods samples seizures penalties hearings payments archives referrals remedies exchange search stats
`
  .trim()
  .split(/\s+/);

type Import = { from: string; to: string; isType: boolean };

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => join(SRC, name));

const imports: Import[] = files.flatMap((file) => {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(/^(?:import|export)\s+(type\s)?[^'";]*?from '(\.[^']+)'/gm)].map((match) => ({
    from: relative(SRC, file).split(sep).join('/'),
    to: relative(SRC, resolve(dirname(file), match[2]!))
      .split(sep)
      .join('/'),
    isType: match[1] !== undefined,
  }));
});

const moduleOf = (path: string): string | undefined => /^modules\/([^/]+)\//.exec(path)?.[1];
const report = (wrong: Import[]): string[] => wrong.map(({ from, to }) => `${from} → ${to}`);

t.test('every module has its place in the dependency order', async (t) => {
  const found = readdirSync(join(SRC, 'modules'));
  t.same(
    found.filter((name) => !MODULES.includes(name)),
    [],
  );
});

t.test('a module imports only modules above it', async (t) => {
  const wrong = imports.filter(({ from, to }) => {
    const [mine, theirs] = [moduleOf(from), moduleOf(to)];
    return mine && theirs && mine !== theirs && MODULES.indexOf(theirs) > MODULES.indexOf(mine);
  });
  t.same(report(wrong), []);
});

t.test('a module imports only the index.ts (or the schemas.ts) of another', async (t) => {
  const wrong = imports.filter(({ from, to }) => {
    const [mine, theirs] = [moduleOf(from), moduleOf(to)];
    return mine && theirs && mine !== theirs && !/\/(index|schemas)\.ts$/.test(to);
  });
  t.same(report(wrong), []);
});

t.test('shared/ knows nothing of ours', async (t) => {
  const wrong = imports.filter(({ from, to }) => from.startsWith('shared/') && !to.startsWith('shared/'));
  t.same(report(wrong), []);
});

t.test('http, jobs, cli, demo and app.ts sit above the modules', async (t) => {
  const above = /^(http|jobs|cli|demo)\/|^(app|main|cli|serve|deps|reactions|papers|attachments)\.ts$/;
  t.same(report(imports.filter(({ from, to }) => moduleOf(from) && above.test(to))), []);
});

t.test('schemas.ts is safe for the browser: zod, other schemas and pure shared code only', async (t) => {
  const wrong = imports.filter(
    ({ from, to }) =>
      from.endsWith('schemas.ts') &&
      !to.endsWith('schemas.ts') &&
      !to.startsWith('shared/') &&
      to !== 'db/page.ts',
  );
  t.same(report(wrong), []);
});

t.test('rules.ts is pure: no await, no clock, no database', async (t) => {
  const wrong = files
    .filter((file) => file.endsWith(`${sep}rules.ts`))
    .filter((file) =>
      /\bawait\b|new Date\(\)|Date\.now\(|from 'kysely'|from 'pg'/.test(readFileSync(file, 'utf8')),
    );
  t.same(
    wrong.map((file) => relative(SRC, file)),
    [],
  );
});

t.test('time and chance come from ctx: no new Date(), Date.now(), Math.random() in a module', async (t) => {
  const wrong = files
    .filter((file) => moduleOf(relative(SRC, file).split(sep).join('/')))
    .filter((file) => /new Date\(\)|Date\.now\(|Math\.random\(/.test(readFileSync(file, 'utf8')));
  t.same(
    wrong.map((file) => relative(SRC, file)),
    [],
  );
});

// A child process is given the PATH it needs; that is no configuration.
t.test('only config.ts reads the environment', async (t) => {
  const wrong = files.filter(
    (file) =>
      !/(^|\/)config\.ts$/.test(file) &&
      /process\.env\b(?!\.(PATH|SystemRoot)\b)/.test(readFileSync(file, 'utf8')),
  );
  t.same(
    wrong.map((file) => relative(SRC, file)),
    [],
  );
});

t.test('a module is flat: no folder inside it', async (t) => {
  const deep = files
    .map((file) => relative(SRC, file).split(sep))
    .filter((path) => path[0] === 'modules' && path.length > 3);
  t.same(
    deep.map((path) => path.join('/')),
    [],
  );
});

t.test('a migration takes a number of its own', async (t) => {
  // These landed with the number of another: what has landed keeps its name.
  const known = [
    '0008-report-marks.sql',
    '0010-rejected-samples.sql',
    '0018-sealed-attachments.sql',
    '0022-notifications.sql',
  ];
  const names = readdirSync(resolve(SRC, '../migrations')).filter((name) => !known.includes(name));
  const numbers = names.toSorted().map((name) => /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1]);
  t.same(
    numbers,
    names.map((_, at) => String(at + 1).padStart(4, '0')),
  );
});
