import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import pg from 'pg';
import t from 'tap';
import { rowTally } from '../../src/db/backup-folder.ts';
import { copyIn, copyOut, EXACT_TEXT } from '../../src/db/copy.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { tempFolder } from './fixtures/folders.ts';

const server = await startEmbedded({ dataDir: tempFolder(t), throwaway: true, log: () => undefined });
t.teardown(() => server.stop());
const client = await new pg.Client({ connectionString: server.ownerUrl }).connect();
t.teardown(() => client.end());
await client.query(EXACT_TEXT);
await client.query('create table item (n int primary key, note text)');

const count = async () =>
  (await client.query<{ n: number }>('select count(*)::int as n from item')).rows[0]!.n;
const all = async (stream: AsyncIterable<Buffer>) => (await buffer(stream)).toString();

t.test('a slow reader gets every row', async (t) => {
  const out = copyOut(client, `copy (select repeat('鸭', 1000) from generate_series(1, 5000)) to stdout`);
  let bytes = 0;
  for await (const chunk of out as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes % 7 === 0) await turn();
  }
  t.equal(bytes, 5000 * 3001);
  t.equal(await count(), 0, 'the connection goes on');
});

t.test('a reader that gives up leaves the connection usable', async (t) => {
  const out = copyOut(client, `copy (select repeat('x', 1000) from generate_series(1, 20000)) to stdout`);
  for await (const chunk of out as AsyncIterable<Buffer>) if (chunk.length > 0) break;
  t.ok(out.destroyed);
  t.equal(await count(), 0);
});

t.test("the server's error reaches the reader, before and amid the rows", async (t) => {
  await t.rejects(all(copyOut(client, 'copy missing to stdout')), { code: '42P01' });
  const amid = `copy (select 1 / (20000 - n), repeat('x', 500) from generate_series(1, 30000) n) to stdout`;
  await t.rejects(all(copyOut(client, amid)), { code: '22012' });
  t.equal(await count(), 0);
});

t.test('what goes wrong while rows go in: nothing is kept, the connection goes on', async (t) => {
  const into = 'copy item from stdin';
  await t.rejects(copyIn(client, into, Readable.from([Buffer.from('1\ta\n1\tb\n')])), { code: '23505' });
  const many = Array.from({ length: 2000 }, (_, n) => Buffer.from(`${n % 1500}\t${'x'.repeat(1000)}\n`));
  await t.rejects(copyIn(client, into, Readable.from(many)), { code: '23505' });
  async function* broken(): AsyncGenerator<Buffer> {
    yield Buffer.from('1\ta\n');
    await turn();
    throw new Error('the disk is gone');
  }
  await t.rejects(copyIn(client, into, broken()), /the disk is gone/);
  await t.rejects(copyIn(client, 'copy missing from stdin', broken()), { code: '42P01' });
  t.equal(await count(), 0);
});

t.test('any text comes back as it went in, and tells itself from any other', async (t) => {
  const text = fc.string({ unit: 'binary' }).filter((s) => !s.includes('\0'));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (notes) => {
      await client.query('truncate item');
      const values = notes.map((_, n) => `(${n}, $${n + 1})`).join(', ');
      await client.query(`insert into item values ${values}`, notes);
      const sent = rowTally();
      const written = await all(sent.through(copyOut(client, 'copy item to stdout')));
      await client.query('truncate item');
      await copyIn(client, 'copy item from stdin', Readable.from([Buffer.from(written)]));
      const { rows } = await client.query<{ note: string }>('select note from item order by n');
      t.same(
        rows.map((row) => row.note),
        notes,
      );
      const back = rowTally();
      await all(back.through(copyOut(client, 'copy (select * from item order by n desc) to stdout')));
      t.same(back.result(), sent.result(), 'in another order the same');
      t.equal(back.result().rows, notes.length);
      await client.query(`update item set note = note || '.' where n = 0`);
      const other = rowTally();
      await all(other.through(copyOut(client, 'copy item to stdout')));
      t.not(other.result().digest, sent.result().digest);
    }),
    { numRuns: 50 },
  );
});

t.test('rows are counted however they are cut into chunks', async (t) => {
  const lines = fc.array(fc.string().map((s) => s.replaceAll('\n', '')));
  const cuts = fc.array(fc.nat(30));
  await fc.assert(
    fc.asyncProperty(lines, cuts, async (lines, cuts) => {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
      const pieces: Buffer[] = [];
      let at = 0;
      for (const cut of cuts) pieces.push(bytes.subarray(at, (at = Math.min(at + cut, bytes.length))));
      pieces.push(bytes.subarray(at));
      const whole = rowTally();
      const cutUp = rowTally();
      await all(whole.through(Readable.from([bytes])));
      t.equal(await all(cutUp.through(Readable.from(pieces))), bytes.toString());
      t.same(cutUp.result(), whole.result());
      t.equal(whole.result().rows, lines.length);
    }),
  );
});
