import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import t from 'tap';
import { hasText } from '../../src/i18n/index.ts';

const MODULES = resolve(import.meta.dirname, '../../src/modules');

t.test('every matter a head is asked about has its name on form 8', async (t) => {
  const files = readdirSync(MODULES, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const matters = files.flatMap((name) =>
    [...readFileSync(join(MODULES, name), 'utf8').matchAll(/matter: '([a-z_]+\.[a-z_]+)'/g)].map(
      (match) => match[1]!,
    ),
  );
  t.ok(matters.includes('case.file') && matters.includes('transfer.approve'), 'they are found');
  t.same(
    [...new Set(matters)].filter(
      (matter) => !hasText('zh', `matter.${matter}`) || !hasText('en', `matter.${matter}`),
    ),
    [],
  );
});
