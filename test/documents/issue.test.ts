import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import t from 'tap';
import { type Ctx, inTx, type TxCtx } from '../../src/context.ts';
import { contentHash } from '../../src/modules/documents/canonical.ts';
import { documentsOf, issueDocument, takeNumber } from '../../src/modules/documents/index.ts';
import { renderDocuments } from '../../src/modules/documents/jobs.ts';
import { templateFor } from '../../src/modules/documents/template.ts';
import { AppError } from '../../src/shared/errors.ts';
import { uuidV7 } from '../../src/shared/ids.ts';
import { testApp } from '../app.ts';
import { SAMPLES } from './fixtures.ts';

let made = 0;
const thing = (kind: string): { kind: string; id: string } => ({
  kind,
  id: uuidV7(1_600_000_000_000 + (made += 1)),
});

t.test('issue', async (t) => {
  const app = await testApp(t);
  const { bureauId } = app.filled;
  const { db } = app.deps;
  /** A transaction whose process ends before anything after the commit could run. */
  const killed = <T>(work: (tx: TxCtx) => Promise<T>): Promise<T> =>
    db.transaction().execute((trx) => work({ ...app.ctx(), db: trx, afterCommit: () => undefined }));
  const issue = (tx: TxCtx, kind: string, extra: Partial<Parameters<typeof issueDocument>[1]> = {}) =>
    issueDocument(tx, {
      kind,
      subject: thing('transfer'),
      data: SAMPLES[kind],
      on: '2024-02-05',
      bureauId,
      ...extra,
    });
  const row = (id: string) =>
    db.selectFrom('documents').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const refusal = async (work: Promise<unknown>): Promise<AppError> => {
    const [result] = await Promise.allSettled([work]);
    if (result.status === 'rejected' && result.reason instanceof AppError) return result.reason;
    throw new Error('it was not refused');
  };
  const counter = async (code: string): Promise<number> =>
    (await db.selectFrom('documentCounters').select('last').where('code', '=', code).executeTakeFirst())
      ?.last ?? 0;

  await t.test('numbers: no gap and no double, twenty at once and every third rolled back', async (t) => {
    const attempts = Array.from({ length: 20 }, (_, index) =>
      killed(async (tx) => {
        const { number } = await issue(tx, 'crime-transfer');
        if (index % 3 === 0) throw new Error('rolled back');
        return number;
      }),
    );
    const results = await Promise.allSettled(attempts);
    const numbers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    t.equal(numbers.length, 13);
    t.same(
      new Set(numbers),
      new Set(Array.from({ length: 13 }, (_, index) => `新都市监涉罪移〔2024〕${index + 1}号`)),
    );
    t.equal(await counter('涉罪移'), 13);
    await killed(async (tx) => {
      t.equal(await takeNumber(tx, { code: '涉罪移', year: 2025, bureauId }), 1, 'each year has its own');
      throw new Error('x');
    }).catch(() => undefined);
  });

  await t.test('killed between commit and drawing: the job goes on, once', async (t) => {
    const { id } = await killed((tx) => issue(tx, 'crime-transfer'));
    t.match(await row(id), { state: 'issuing', sha256: null });
    await renderDocuments(app.ctx());
    const drawn = await row(id);
    t.match(drawn, { state: 'issued', pages: 2 });
    const stored = await buffer(await app.deps.files.get(drawn.sha256!));
    t.equal(createHash('sha256').update(stored).digest('hex'), drawn.pdfSha256);
    t.equal(stored.subarray(0, 5).toString(), '%PDF-');
    const before = drawn.version;
    await renderDocuments(app.ctx());
    t.equal((await row(id)).version, before);
    const traces = await db
      .selectFrom('auditEntries')
      .select('action')
      .where('subjectId', '=', id)
      .orderBy('id')
      .execute();
    t.same(
      traces.map(({ action }) => action),
      ['document.issue', 'document.render'],
    );
  });

  await t.test('a paper that cannot be drawn stops no other', async (t) => {
    const [broken, whole] = await killed(async (tx) => [
      await issue(tx, 'crime-transfer'),
      await issue(tx, 'crime-transfer'),
    ]);
    await app.owner
      .updateTable('documents')
      .set({ templateDigest: 'other' })
      .where('id', '=', broken!.id)
      .execute();
    await renderDocuments(app.ctx());
    t.equal((await row(broken!.id)).state, 'issuing', 'its template was changed: the hash would be a lie');
    t.equal((await row(whole!.id)).state, 'issued');
  });

  await t.test(
    'what is frozen is what was given, key by key, and the hash proves it from the database alone',
    async (t) => {
      const { id, contentHash: hash } = await killed((tx) => issue(tx, 'measure-decision'));
      const frozen = await row(id);
      t.same(frozen.data, SAMPLES['measure-decision']);
      const template = templateFor(app.deps.papers.templates, 'measure-decision', '2024-02-05');
      const { data, number, issuedAt, bureauName } = frozen;
      t.equal(contentHash({ template, data, number, issuedAt, bureauName: bureauName! }), hash);
      const { targets } = frozen.data as { targets: string[] };
      t.same(targets, ['premises', 'goods']);
    },
  );

  await t.test('the version of the form is that of the day', async (t) => {
    const old = await killed((tx) => issue(tx, 'report-registration'));
    t.equal((await row(old.id)).templateVersion, 1);
    app.setNow('2026-05-06T10:00:00+08:00');
    const recent = await killed((tx) => issue(tx, 'report-registration', { on: '2026-05-06' }));
    t.equal((await row(recent.id)).templateVersion, 2);
    app.setNow('2024-02-05T10:00:00+08:00');
    const ahead = killed((tx) => issue(tx, 'report-registration', { on: '2024-02-06' }));
    t.match(await refusal(ahead), { status: 422, code: 'document.future' });
    const early = killed((tx) => issue(tx, 'crime-transfer', { on: '2020-01-01' }));
    t.match(await refusal(early), { status: 404, code: 'document.no_template' });
  });

  await t.test('the list carries the number of its decision', async (t) => {
    const subject = thing('measure');
    const lone = killed((tx) => issue(tx, 'item-list', { subject }));
    t.match(await refusal(lone), { status: 422, code: 'document.number_source_missing' });
    const [decision, list, second] = await killed(async (tx) => [
      await issue(tx, 'measure-decision', { subject }),
      await issue(tx, 'item-list', { subject }),
      await issue(tx, 'item-list', { subject }),
    ]);
    t.match(decision!.number, /^新都市监强制〔2024〕\d+号$/);
    t.equal(list!.number, decision!.number);
    t.equal(second!.number, decision!.number, 'a decision may have several lists');
    const found = await documentsOf(db, bureauId, subject);
    t.same(found.map(({ kind }) => kind).toSorted(), ['item-list', 'item-list', 'measure-decision']);
    t.same(await documentsOf(db, uuidV7(1), subject), [], 'only of the bureau that asks');
  });

  await t.test('what is refused takes no number', async (t) => {
    const before = await counter('涉罪移');
    const sample = SAMPLES['crime-transfer']!;
    const { addressee: _, ...incomplete } = sample;
    const lacking = await refusal(killed((tx) => issue(tx, 'crime-transfer', { data: incomplete })));
    t.match(lacking, {
      status: 422,
      code: 'document.blanks',
      errors: [{ field: 'addressee', code: 'field.required' }],
    });
    const unknown = await refusal(
      killed((tx) => issue(tx, 'crime-transfer', { data: { ...sample, other: 1 } })),
    );
    t.match(unknown.errors, [{ field: 'other', code: 'field.unknown' }]);
    const rare = { ...sample, contactPerson: '陈\u{2A6D6}' };
    const missing = await refusal(killed((tx) => issue(tx, 'crime-transfer', { data: rare })));
    t.match(missing, {
      status: 422,
      code: 'document.missing_glyph',
      params: { character: '\u{2A6D6}', codePoint: 'U+2A6D6', field: 'contactPerson' },
    });
    t.equal(await counter('涉罪移'), before);
    const { id } = await killed((tx) =>
      issue(tx, 'crime-transfer', { data: rare, substitutions: { '\u{2A6D6}': '（龙四个）' } }),
    );
    await renderDocuments(app.ctx());
    t.match(await row(id), { state: 'issued', substitutions: { '\u{2A6D6}': '（龙四个）' } });
  });

  await t.test('a paper that names the reporter is nowhere in the clear', async (t) => {
    const sample = SAMPLES['report-registration'] as { reporter: { name: string; phone: string } };
    const { id } = await killed((tx) =>
      issue(tx, 'report-registration', { subject: thing('tip'), confidential: true }),
    );
    await renderDocuments(app.ctx());
    const sealed = await row(id);
    t.match(sealed, { state: 'issued', data: {} });
    t.notMatch(JSON.stringify(sealed), new RegExp(`${sample.reporter.name}|${sample.reporter.phone}`));
    const stored = await buffer(await app.deps.files.get(sealed.sha256!));
    t.not(stored.subarray(0, 5).toString(), '%PDF-');
    t.not(sealed.sha256, sealed.pdfSha256);
    const traces = await db.selectFrom('auditEntries').select('detail').where('subjectId', '=', id).execute();
    t.notMatch(JSON.stringify(traces), new RegExp(`${sample.reporter.name}|${sample.reporter.phone}`));
  });

  await t.test('after a commit it is drawn without anybody asking', async (t) => {
    const { id } = await inTx(app.ctx(), (tx) => issue(tx, 'matter-approval'));
    // Two drawings of one paper at once are one.
    const [first, second] = await Promise.all([drawn(app.ctx(), id), drawn(app.ctx(), id)]);
    t.same(first, second);
    t.match(await row(id), { state: 'issued', number: null });
  });
});

async function drawn(ctx: Ctx, id: string): Promise<unknown> {
  await renderDocuments(ctx);
  return ctx.db
    .selectFrom('documents')
    .select(['state', 'pdfSha256'])
    .where('id', '=', id)
    .executeTakeFirst();
}
