import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import t from 'tap';

const SRC = resolve(import.meta.dirname, '../../src');
const WEB = join(SRC, 'web');

const files = readdirSync(WEB, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
const sources = files
  .filter((name) => name !== join('api', 'openapi.ts'))
  .map((name) => ({ name, text: readFileSync(join(WEB, name), 'utf8') }));

type Tree = { [key: string]: Tree | string };

function flat(tree: Tree, above = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[above + key, value] as [string, string]] : flat(value, `${above}${key}.`),
  );
}

/** The texts of a language, `area.key` → sentence. */
function texts(locale: string): Map<string, string> {
  const names = readdirSync(join(WEB, 'i18n')).filter((name) => name.endsWith(`.${locale}.json`));
  return new Map(
    names.flatMap((name) =>
      flat(JSON.parse(readFileSync(join(WEB, 'i18n', name), 'utf8')) as Tree, `${name.split('.')[0]}.`),
    ),
  );
}

const [zh, en] = [texts('zh'), texts('en')];

t.test('the screens say the same in Chinese and English', async (t) => {
  t.same(
    [...zh.keys()].filter((key) => !en.has(key)),
    [],
    'missing in English',
  );
  t.same(
    [...en.keys()].filter((key) => !zh.has(key)),
    [],
    'missing in Chinese',
  );
  const blanks = (sentence: string): string => (sentence.match(/\{\w+\}/g) ?? []).toSorted().join();
  t.same(
    [...zh].filter(([key, sentence]) => blanks(sentence) !== blanks(en.get(key) ?? '')).map(([key]) => key),
    [],
    'other blanks',
  );
});

t.test('every text a screen names is there', async (t) => {
  const named = sources.flatMap(({ name, text }) =>
    [...text.matchAll(/\b(?:t|i18n\.t)\(\s*'([^'{]+)'/g)].map((match) => `${match[1]} (${name})`),
  );
  t.ok(named.length > 100, 'the pattern still finds them');
  t.same(
    named.filter((entry) => !zh.has(entry.split(' ')[0]!)),
    [],
  );
});

/** `label: 'field.x'`, `help: 'tip.y'` and the fields without a label of their own. */
t.test('every field of a form has its name', async (t) => {
  const labels = sources.flatMap(({ name, text }) =>
    [...text.matchAll(/\b(?:label|help): '([a-z]\w*\.[\w.]+)'/gi)].map((match) => `${match[1]} (${name})`),
  );
  const fields = sources.flatMap(({ name, text }) =>
    [...text.matchAll(/\{\s*name: '([\w.]+)',\s*kind: '\w+'(?![^{}]*label:)/g)].map(
      (match) => `field.${match[1]!.split('.').at(-1)} (${name})`,
    ),
  );
  const columns = sources.flatMap(({ name, text }) =>
    [...text.matchAll(/\{\s*key: '(\w+)',(?![^{}]*label:)\s*render:/g)].map(
      (match) => `field.${match[1]} (${name})`,
    ),
  );
  t.same(
    [...labels, ...fields, ...columns].filter((entry) => !zh.has(entry.split(' ')[0]!)),
    [],
  );
});

t.test('every state of a thing has its word', async (t) => {
  const names: Record<string, string> = { ClueNotice: 'clue_notice' };
  const modules = readdirSync(join(SRC, 'modules'));
  const missing: string[] = [];
  for (const module of modules) {
    const folder = join(SRC, 'modules', module);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('schemas.ts'))) {
      const exported = (await import(join(folder, file))) as Record<string, { options?: string[] }>;
      for (const [name, schema] of Object.entries(exported)) {
        const kind = /^(\w+)State$/.exec(name)?.[1];
        if (!kind || !schema.options) continue;
        const word = names[kind] ?? kind.replace(/(?!^)[A-Z]/g, '_$&').toLowerCase();
        missing.push(
          ...schema.options.map((state) => `state.${word}.${state}`).filter((key) => !zh.has(key)),
        );
      }
    }
  }
  t.same(missing, []);
});

t.test('every permission, and so every act, has its word', async (t) => {
  type Roles = { bundles: Record<string, string[]>; roles: { permissions: string[] }[] };
  const roles = JSON.parse(readFileSync(join(SRC, 'data/roles.json'), 'utf8')) as Roles;
  const permissions = [
    ...Object.values(roles.bundles).flat(),
    ...roles.roles.flatMap((role) => role.permissions),
  ];
  t.same(
    [...new Set(permissions)]
      .filter((permission) => !/\.read/.test(permission))
      .filter((permission) => !zh.has(`action.${permission}`)),
    [],
  );
});

t.test('every act that leaves a trace has its word in the history', async (t) => {
  const modules = join(SRC, 'modules');
  const lines = readdirSync(modules, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) =>
      readFileSync(join(modules, name), 'utf8')
        .split('\n')
        .map((line) => ({ name, line })),
    );
  const named = lines
    .filter(({ line }) => /\b(?:action|as)\b\s*[:=](?!=)/.test(line))
    .flatMap(({ name, line }) =>
      [...line.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map((match) => `${match[1]} (${name})`),
    );
  t.ok(named.length > 100, 'the pattern still finds them');
  t.same(
    named.filter((entry) => !zh.has(`action.${entry.split(' ')[0]}`)),
    [],
  );
});

t.test('the screens know of the server only its schemas, as types', async (t) => {
  const wrong = sources.flatMap(({ name, text }) =>
    [
      ...text.matchAll(
        /^import (type )?[^;]*? from '((?:\.\.\/)+(?:modules|db|http|shared|jobs|data|i18n)\/[^']+)'/gm,
      ),
    ]
      .filter(([, isType, path]) => !isType || !/\/modules\/[\w-]+\/[\w-]*schemas\.ts$/.test(path!))
      .filter(([, , path]) => !path!.startsWith('../i18n/') && !path!.startsWith('../../i18n/'))
      .map(([, , path]) => `${name} → ${path}`),
  );
  t.same(wrong, []);
});
