/**
 * A whole run starts a process for a handful of test files, not for each: loading the product takes two seconds every
 * time. Each file still has its own databases and servers.
 */
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

/** They start browsers or processes of their own, take long, and begin first. */
const ALONE = ['browser', 'cli', 'db', 'server'];
const TOGETHER = 6;

const TESTS = import.meta.dirname;
const GROUPS = resolve(TESTS, '../.tap/groups');

const filesOf = (folder: string): string[] => globSync(join(TESTS, folder, '**/*.test.ts')).toSorted();

/** The files a whole run hands to tap: those that run alone, then one for each group. */
export function groupedFiles(): string[] {
  rmSync(GROUPS, { recursive: true, force: true });
  mkdirSync(GROUPS, { recursive: true });
  const folders = [...new Set(globSync(join(TESTS, '*/*.test.ts')).map((file) => basename(dirname(file))))];
  const others = folders.filter((folder) => !ALONE.includes(folder)).flatMap(groupsOf);
  return [...ALONE.flatMap(filesOf), ...others];
}

function groupsOf(folder: string): string[] {
  const files = filesOf(folder);
  const groups = Array.from({ length: Math.ceil(files.length / TOGETHER) }, (_, i) =>
    files.slice(i * TOGETHER, (i + 1) * TOGETHER),
  );
  return groups.map((group, i) => {
    const path = join(GROUPS, `${basename(folder)}-${i + 1}.test.ts`);
    writeFileSync(
      path,
      group.map((file) => `await import(${JSON.stringify(relative(GROUPS, file))});\n`).join(''),
    );
    return path;
  });
}
