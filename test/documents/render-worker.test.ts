import { monitorEventLoopDelay } from 'node:perf_hooks';
import t from 'tap';
import { renderDocument } from '../../src/modules/documents/render.ts';
import { startRenderer } from '../../src/modules/documents/render-worker.ts';
import type { PaperInput } from '../../src/modules/documents/render-worker.ts';
import { AppError } from '../../src/shared/errors.ts';
import { SAMPLES, TEMPLATE_DIR, manyItems, sampleInput } from './fixtures.ts';

function jobOf(kind: string, changes: Record<string, unknown> = {}): PaperInput {
  const { template, ...rest } = sampleInput(kind);
  return { ...rest, kind: template.kind, version: template.version, ...changes };
}

t.test('the thread draws the same bytes as the main thread', async (t) => {
  const renderer = startRenderer({ templateDirs: [TEMPLATE_DIR] });
  t.teardown(() => renderer.close());
  const kinds = Object.keys(SAMPLES);
  const papers = await Promise.all(kinds.map((kind) => renderer.render(jobOf(kind))));
  for (const [index, kind] of kinds.entries()) {
    t.ok(papers[index]?.equals(await renderDocument(sampleInput(kind))), kind);
  }
});

t.test('a refusal comes back as what it is, and the thread goes on', async (t) => {
  const renderer = startRenderer({ templateDirs: [TEMPLATE_DIR] });
  t.teardown(() => renderer.close());
  const data = { ...SAMPLES['item-list'], items: [{ name: '\uE000' }] };
  const refused = renderer.render(jobOf('item-list', { data }));
  await t.rejects(refused, {
    code: 'document.missing_glyph',
    status: 422,
    params: { field: 'items[0].name' },
  });
  t.ok((await refused.catch((error: unknown) => error)) instanceof AppError);
  await t.rejects(renderer.render(jobOf('item-list', { kind: 'nothing' })), { code: 'document.no_template' });
  await t.rejects(renderer.render(jobOf('item-list', { data: {} })), /items/);
  t.ok((await renderer.render(jobOf('item-list'))).length > 1000);
});

t.test('closing rejects what still waits, and nothing is drawn afterwards', async (t) => {
  const renderer = startRenderer({ templateDirs: [TEMPLATE_DIR] });
  const data = { ...SAMPLES['item-list'], items: manyItems(5000) };
  const waiting = t.rejects(renderer.render(jobOf('item-list', { data })), /ended/);
  await renderer.close();
  await waiting;
  await t.rejects(renderer.render(jobOf('item-list')), /closed/);
});

t.test('a thread that cannot start says why', async (t) => {
  const renderer = startRenderer({ templateDirs: [`${TEMPLATE_DIR}/nowhere`] });
  t.teardown(() => renderer.close());
  await t.rejects(renderer.render(jobOf('item-list')), /nowhere/);
  await t.rejects(renderer.render(jobOf('item-list')), /nowhere/, 'and says it again');
});

t.test('twenty lists at once leave the event loop free', async (t) => {
  const renderer = startRenderer({ templateDirs: [TEMPLATE_DIR] });
  t.teardown(() => renderer.close());
  const data = { ...SAMPLES['item-list'], items: manyItems(30) };
  await renderer.render(jobOf('item-list', { data }));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await Promise.all(Array.from({ length: 20 }, () => renderer.render(jobOf('item-list', { data }))));
  delay.disable();
  t.ok(delay.percentile(99) / 1e6 < 50, `${delay.percentile(99) / 1e6} ms`);
});
