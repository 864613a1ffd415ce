import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { Client } from '../../src/demo/client.ts';
import { JOBS } from '../../src/jobs/list.ts';
import { runJob } from '../../src/jobs/runner.ts';
import { testApp, type TestApp } from '../app.ts';
import { filedCase, must } from '../given/cases.ts';
import { transferOf } from '../given/referrals.ts';
import { givenTip, REPORT } from '../tips/given.ts';

type View = {
  id: string;
  name: string;
  note: string | null;
  sha256: string;
  size: number;
  isConfidential: boolean;
};

const LETTER = `举报信：本人苟秘密，住保密街77号。${'事实如下。'.repeat(20_000)}`;
const SHA256 = createHash('sha256').update(LETTER).digest('hex');
const NAME = '苟秘密的信.txt';
const SECRET = /苟秘密|保密街/;

const form = (content: string, name: string, note?: string): FormData => {
  const data = new FormData();
  data.append('file', new Blob([content]), name);
  if (note !== undefined) data.append('note', note);
  return data;
};

const pathOf = (kind: string, id: string): string => `/api/attachments?subjectKind=${kind}&subjectId=${id}`;

/** What lies in the store, with its name. */
async function stored({ deps }: TestApp): Promise<{ name: string; bytes: Buffer }[]> {
  const folder = deps.config.filesDir;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }) => ({ name, bytes: await readFile(join(parentPath, name)) })),
  );
}

async function content(
  app: TestApp,
  who: Client,
  id: string,
): Promise<{ status: number; text: string; etag: string | null }> {
  const answer = await fetch(`${app.url}/api/attachments/${id}/content`, { headers: who.headers() });
  return { status: answer.status, text: await answer.text(), etag: answer.headers.get('etag') };
}

/** Nothing of it stands in the store or in any table. */
async function keptSecret(t: Test, app: TestApp): Promise<void> {
  for (const { bytes } of await stored(app)) t.notMatch(bytes.toString('utf8'), SECRET);
  for (const table of ['attachments', 'files', 'auditEntries', 'idempotencyKeys'] as const) {
    const rows = await app.owner.selectFrom(table).selectAll().execute();
    t.notMatch(JSON.stringify(rows), SECRET, table);
    t.notMatch(JSON.stringify(rows), new RegExp(SHA256), `${table}: nor the hash it could be guessed by`);
  }
}

t.test('what hangs on a tip is sealed at rest', async (t) => {
  const app = await testApp(t);
  const intake = await app.as('intake_officer');
  const officer = await app.as('case_officer');
  const tip = await givenTip(intake, REPORT);
  const path = pathOf('tip', tip.id);
  const headers = { 'idempotency-key': randomUUID() };
  const made = await intake.post<View>(path, form(LETTER, NAME, '苟秘密当面交来'), { headers });
  t.equal(made.status, 201);

  await t.test('and read as it was by those who may know who reported', async (t) => {
    const [item] = (await officer.get<{ items: View[] }>(path)).body.items;
    t.match(item, {
      name: NAME,
      note: '苟秘密当面交来',
      sha256: SHA256,
      size: Buffer.byteLength(LETTER),
      isConfidential: true,
    });
    t.match(await content(app, officer, made.body.id), { status: 200, text: LETTER, etag: `"${SHA256}"` });
    t.equal((await content(app, await app.as('auditor'), made.body.id)).status, 403);
    await keptSecret(t, app);
    const [row] = await app.owner.selectFrom('files').selectAll().execute();
    t.match(row, { keyId: 'k1', alg: 'aes-256-gcm-64k', size: Buffer.byteLength(LETTER) });
  });

  await t.test(
    'once within a bureau, for a repeat and for another tip; apart from what is not confidential',
    async (t) => {
      const before = (await stored(app)).map(({ name }) => name);
      const again = await intake.post<View>(path, form(LETTER, NAME, '苟秘密当面交来'), { headers });
      t.equal(again.body.id, made.body.id);
      t.equal(
        (await intake.post(path, form(LETTER, '另.txt'), { headers })).status,
        422,
        'another file is no repeat',
      );
      const other = await givenTip(intake, REPORT);
      const twice = await Promise.all([
        intake.post<View>(pathOf('tip', other.id), form(LETTER, '二.txt')),
        intake.post<View>(pathOf('tip', other.id), form(LETTER, '三.txt')),
      ]);
      t.same(
        twice.map(({ status }) => status),
        [201, 201],
      );
      t.same(
        (await stored(app)).map(({ name }) => name),
        before,
      );
      t.match(await content(app, officer, twice[1].body.id), { status: 200, text: LETTER });

      // As another type it is another file: the answer must not tell that the bureau has it.
      const csv = await intake.post<View & { mediaType: string }>(
        pathOf('tip', other.id),
        form(LETTER, '四.csv'),
      );
      t.equal(csv.body.mediaType, 'text/csv');
      const party = await must(officer.post('/api/parties', { kind: 'company', name: '某店' }), 201);
      const plain = await officer.post<View>(pathOf('party', party.id), form('报告'.repeat(50), '报告.txt'));
      t.equal(plain.body.isConfidential, false);
      t.equal((await stored(app)).length, before.length + 2);
    },
  );

  await t.test('altered in the store it breaks off before a byte of it is read', async (t) => {
    const { sha256 } = await app.owner
      .selectFrom('attachments')
      .select('sha256')
      .where('id', '=', made.body.id)
      .executeTakeFirstOrThrow();
    const bytes = (await stored(app)).find(({ name }) => name === sha256)!.bytes;
    bytes[100]! ^= 1;
    const target = join(app.deps.config.filesDir, sha256.slice(0, 2), sha256);
    await writeFile(target, bytes);
    t.equal((await content(app, officer, made.body.id)).status, 500);
    bytes[100]! ^= 1;
    await writeFile(target, bytes);
    t.equal((await content(app, officer, made.body.id)).text, LETTER);
  });

  await t.test('refused or broken off it leaves nothing', async (t) => {
    const before = (await stored(app)).length;
    const broken = new FormData();
    broken.append('file', new Blob([Buffer.from(`${'好'.repeat(400_000)}\xff`, 'latin1')]), 'x.txt');
    t.equal((await intake.post(path, broken)).status, 422);
    const extra = form(`另一封${randomUUID()}`, 'x.txt');
    extra.append('owner', 'me');
    t.equal((await intake.post(path, extra)).status, 400);
    t.equal((await stored(app)).length, before);
  });
});

t.test(
  'what is marked confidential on a case shows to no other, and leaves the house with nobody',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const auditor = await app.as('auditor');
    const { id } = await filedCase(app);
    const path = pathOf('case', id);
    const marked = await officer.post<View>(`${path}&confidential=true`, form(LETTER, NAME));
    const open = await must<View>(officer.post(path, form('检查照片说明', '说明.txt')), 201);
    t.match(marked, { status: 201, body: { name: NAME, isConfidential: true } });
    t.equal((await officer.post(`${path}&confidential=maybe`, form(LETTER, NAME))).status, 400);
    const ids = async (who: Client) =>
      (await who.get<{ items: View[] }>(path)).body.items.map((one) => one.id);
    t.same((await ids(officer)).toSorted(), [marked.body.id, open.id].toSorted());
    t.same(await ids(auditor), [open.id], 'whoever may not see it is not told of it');
    t.match(await content(app, auditor, marked.body.id), { status: 403, text: /attachment\.confidential/ });
    t.match(await content(app, officer, marked.body.id), { status: 200, text: LETTER });
    const looks = await app.owner
      .selectFrom('auditEntries')
      .select(['subjectId', 'detail'])
      .where('action', '=', 'attachment.look_at')
      .execute();
    t.same(looks, [{ subjectId: id, detail: { attachmentId: marked.body.id } }]);
    const transfer = await must(officer.post('/api/transfers', transferOf(app, id)), 201);
    const enclosure = { item: 5, title: '其他材料', attachmentId: marked.body.id };
    t.match(await officer.post(`/api/transfers/${transfer.id}/enclosures`, enclosure), {
      status: 422,
      body: { code: 'transfer.not_of_the_case' },
    });
    await keptSecret(t, app);
  },
);

t.test('what was kept before it was sealed is readable, and is sealed by a job', async (t) => {
  const app = await testApp(t);
  const intake = await app.as('intake_officer');
  const officer = await app.as('case_officer');
  const { id } = await filedCase(app);
  const tip = await givenTip(intake, REPORT);
  const shared = '两处都有的照片说明';
  const old = [
    await must<View>(officer.post(pathOf('case', id), form(LETTER, '信.txt')), 201),
    await must<View>(officer.post(pathOf('case', id), form(shared, '说明.txt')), 201),
  ];
  await must<View>(officer.post(pathOf('case', id), form(shared, '说明二.txt')), 201);
  const lost = await must<View>(officer.post(pathOf('case', id), form('丢失', '丢.txt')), 201);
  await app.owner
    .updateTable('attachments')
    .set({ subjectKind: 'tip', subjectId: tip.id, isConfidential: true })
    .where('id', 'in', [...old.map((one) => one.id), lost.id])
    .execute();
  await app.deps.files.remove(lost.sha256);
  t.match(await content(app, officer, old[0]!.id), { status: 200, text: LETTER });

  const job = JOBS.find(({ name }) => name === 'files.seal_confidential')!;
  t.ok(await runJob(app.deps, job));
  const rows = await app.owner.selectFrom('attachments').select(['id', 'sealed']).execute();
  t.same(
    rows
      .filter(({ sealed }) => sealed !== null)
      .map((row) => row.id)
      .toSorted(),
    old.map((one) => one.id).toSorted(),
  );
  t.match(await content(app, officer, old[0]!.id), { status: 200, text: LETTER });
  t.match(await content(app, officer, old[1]!.id), { status: 200, text: shared });
  const { items } = (await officer.get<{ items: View[] }>(pathOf('tip', tip.id))).body;
  t.same(items.map(({ name }) => name).toSorted(), ['丢.txt', '信.txt', '说明.txt']);
  const names = (await stored(app)).map(({ name }) => name);
  t.notOk(names.includes(old[0]!.sha256), 'what lay in the open is gone');
  t.ok(names.includes(old[1]!.sha256), 'but for what another still holds');
  t.equal(names.length, 3);
  await runJob(app.deps, job);
  t.same(
    (await stored(app)).map(({ name }) => name),
    names,
    'once',
  );
});
