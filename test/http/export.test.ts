import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { read, utils } from '@e965/xlsx';
import t from 'tap';
import type { Client } from '../../src/demo/client.ts';
import { findWord } from '../../src/i18n/words.ts';
import type { Column, Columns } from '../../src/db/list-schemas.ts';
import type { TipRow } from '../../src/modules/tips/schemas.ts';
import { testApp, type TestApp } from '../app.ts';
import { must } from '../given/cases.ts';
import { COMPLAINT, givenTip, REPORT, REPORTER } from '../tips/given.ts';

type Cells = (string | number)[][];
type Entry = { action: string; subjectId: string; detail: Record<string, unknown>; actorName: string };

async function sheetsOf(who: Client, path: string): Promise<{ rows: Cells; about: Cells }> {
  const file = read(await who.download(path), { cellFormula: true });
  const [rows, about] = file.SheetNames.map(
    (name) => utils.sheet_to_json(file.Sheets[name]!, { header: 1, defval: '', raw: true }) as Cells,
  );
  return { rows: rows!, about: about! };
}

const traceOf = async (app: TestApp): Promise<Entry[]> => {
  const { items } = await must<{ items: Entry[] }>(
    (await app.as('auditor')).get('/api/audit?subjectKind=list'),
  );
  return items.toReversed();
};

/** Tips as rows of the table: what is asked is only how many there are. */
const fill = (app: TestApp, count: number): Promise<unknown> =>
  app.owner
    .insertInto('tips')
    .columns(['id', 'bureauId', 'number', 'kind', 'state', 'channel', 'receivedAt', 'competentOn'])
    .columns(['respondentName', 'narrative', 'createdBy', 'createdAt'])
    .values(
      Array.from({ length: count }, (_, n) => ({
        id: `018d0000-0000-7000-8000-${String(n).padStart(12, '0')}`,
        bureauId: app.filled.bureauId,
        number: `TS${n}`,
        kind: 'enquiry' as const,
        state: 'received' as const,
        channel: 'phone',
        // Three to one instant: pages break between them.
        receivedAt: new Date(Date.UTC(2023, 0, 1) + Math.floor(n / 3) * 60_000),
        competentOn: '2023-01-01',
        respondentName: `=演示食品${n}`,
        narrative: '咨询。'.repeat(200),
        createdBy: app.filled.users.intake_officer!.id,
        createdAt: new Date(Date.UTC(2023, 0, 1)),
      })),
    )
    .execute();

t.test('a list of tips as a workbook', async (t) => {
  const app = await testApp(t);
  const [officer, head, intake] = [
    await app.as('case_officer'),
    await app.as('bureau_head'),
    await app.as('intake_officer'),
  ];
  const narrative = `${REPORTER.name}（${REPORTER.phone}）反映牛肉干以鸭肉冒充。`;
  await givenTip(intake, { ...REPORT, narrative, productName: '手撕风干𠮷牛肉干' });
  await givenTip(intake, COMPLAINT);
  const { items } = await must<{ items: TipRow[] }>(officer.get('/api/tips'));
  const complaint = items.find(({ kind }) => kind === 'complaint')!;

  t.test('has what the list has, in words, dates and yuan', async (t) => {
    const { rows, about } = await sheetsOf(officer, '/api/tips.xlsx?kind=complaint&q=%E7%89%9B');
    const [head, ...lines] = rows;
    t.equal(lines.length, 1);
    const line = Object.fromEntries(head!.map((name, i) => [name, lines[0]![i]]));
    t.match(line, { 编号: complaint.number, 类型: '投诉', 状态: '待处理', '金额（元）': 98 });
    t.match(line, { 渠道: '来电', 被投诉举报人: complaint.respondentName });
    const received = Date.parse(complaint.receivedAt) + 8 * 3_600_000 - Date.UTC(1899, 11, 30);
    t.ok(Math.abs((line['接收时间'] as number) - received / 86_400_000) < 1e-9);
    t.equal(line['最近期限'], (Date.parse(complaint.dueOn!) - Date.UTC(1899, 11, 30)) / 86_400_000);
    t.match(about[4], ['行数', 1]);
    t.match(about[3]![1], /类型: 投诉/);
    t.match(about[5], ['是否完整', '完整']);
    const english = await officer.get('/api/tips.xlsx', { headers: { 'accept-language': 'en' } });
    t.match(english.headers.get('content-disposition'), /^attachment; filename="tips-\d{4}-\d\d-\d\d\.xlsx"/);
    t.match(english.headers.get('cache-control'), 'no-store');
  });

  t.test('never says who reported, not even to who may look', async (t) => {
    for (const who of [officer, intake, head]) {
      const text = JSON.stringify(await sheetsOf(who, '/api/tips.xlsx'));
      t.match(text, '鸭肉');
      t.match(text, '𠮷');
      t.notMatch(text, REPORTER.name);
      t.notMatch(text, /138\s?0000/);
    }
    t.match(items.map(({ summary }) => summary).join(), REPORTER.name, 'though his list does');
  });

  t.test(
    'is for who may read it and may export, within his bureau, and asked with its own words',
    async (t) => {
      const file = '/api/tips.xlsx';
      t.equal((await app.anonymous().get(file)).status, 401);
      t.match(await (await app.as('grid_worker')).get(file), {
        status: 403,
        body: { detail: /list\.export/ },
      });
      t.equal((await (await app.as('administrator')).get(file)).status, 403, 'he reads no tips');
      t.equal((await (await app.as('laboratory_clerk')).get('/api/samples.xlsx')).status, 403);
      t.equal((await officer.get(`${file}?kind=nothing`)).status, 400);
      t.equal((await officer.get(`${file}?limit=5`)).status, 400, 'a workbook has no pages');
      t.equal((await officer.get(`${file}?cursor=x`)).status, 400);
      const head = await fetch(app.url + file, { method: 'HEAD', headers: officer.headers() });
      t.equal(head.status, 404, 'nothing is taken along by a look at its headers');
    },
  );

  t.test('leaves its trace: who, what, how asked, how many; not what was searched for', async (t) => {
    const before = (await traceOf(app)).length;
    await sheetsOf(officer, `/api/tips.xlsx?state=received&q=${encodeURIComponent(REPORTER.name)}`);
    const trace = (await traceOf(app)).slice(before);
    t.match(trace, [
      { action: 'list.export', subjectId: 'tips', detail: { filters: { state: ['received'], q: '…' } } },
      { action: 'list.end_export', subjectId: 'tips', detail: { rows: 1, outcome: 'complete' } },
    ]);
    t.equal(trace[0]!.actorName, app.filled.users.case_officer!.name);
    t.notMatch(JSON.stringify(await traceOf(app)), REPORTER.name);
  });
});

t.test('every list has its workbook, with a word in both languages for each column and state', async (t) => {
  const app = await testApp(t);
  const { body } = await app.anonymous().get<{ paths: Record<string, unknown> }>('/openapi.json');
  const files = Object.keys(body.paths).filter((path) => path.endsWith('.xlsx'));
  t.equal(files.length, 21);
  for (const file of files) {
    const role = /users|units|roles|api-keys|grid/.test(file) ? 'administrator' : 'auditor';
    const { rows } = await sheetsOf(await app.as(role), file);
    t.ok(rows[0]!.length > 3, file);
  }
  const missing = new Set<string>();
  for (const [key, column] of await columnsOfAll()) {
    for (const locale of ['zh', 'en'] as const) {
      if (!findWord(locale, `field.${key}`)) missing.add(`field.${key}`);
      for (const option of optionsOf(column)) {
        const word = `${column.words}.${option}`;
        if (!findWord(locale, word)) missing.add(word);
      }
    }
  }
  t.same([...missing], []);
});

const MODULES = resolve(import.meta.dirname, '../../src/modules');

async function columnsOfAll(): Promise<[string, Column][]> {
  const files = readdirSync(MODULES, { recursive: true, encoding: 'utf8' });
  const loaded = await Promise.all(
    files
      .filter((name) => name.endsWith('schemas.ts'))
      .map((name) => import(join(MODULES, name)) as Promise<Record<string, Columns>>),
  );
  const all = loaded.flatMap(Object.entries<Columns>).filter(([name]) => name.endsWith('_COLUMNS'));
  return all.flatMap(([, columns]) => Object.entries(columns));
}

function optionsOf({ kind, schema }: Column): string[] {
  if (kind !== 'choice') return [];
  const inner = schema as { options?: string[]; unwrap?: () => { options?: string[] } };
  return inner.options ?? inner.unwrap?.().options ?? [];
}

t.test('many rows', async (t) => {
  const app = await testApp(t, { EXPORT_MAX_ROWS: '1200' });
  const officer = await app.as('case_officer');
  await fill(app, 1300);

  t.test('each once, in order, and what is cut says so', async (t) => {
    const { rows, about } = await sheetsOf(officer, '/api/tips.xlsx');
    const numbers = rows.slice(1, 1201).map(([number]) => Number(String(number).slice(2)));
    t.same(numbers.length, new Set(numbers).size);
    t.ok(numbers.every((number, i) => i === 0 || Math.floor(number / 3) <= Math.floor(numbers[i - 1]! / 3)));
    t.match(rows.at(-1)![0], /只导出前 1200 行/);
    t.equal(rows.length, 1202);
    t.match(about[5]![1], /1200/);
    t.match((await traceOf(app)).at(-1)!.detail, { rows: 1200, outcome: 'cut' });
    t.equal(rows[1]![5], '=演示食品1299', 'a text, whatever it begins with');
  });

  t.test('exactly as many as may be are whole', async (t) => {
    await app.owner
      .deleteFrom('tips')
      .where(
        'number',
        'in',
        Array.from({ length: 100 }, (_, n) => `TS${n}`),
      )
      .execute();
    const { rows, about } = await sheetsOf(officer, '/api/tips.xlsx');
    t.equal(rows.length, 1201);
    t.match(about[5]![1], '完整');
  });

  t.test('one at a time for each person', async (t) => {
    const answers = await Promise.all([1, 2, 3].map(() => officer.get('/api/tips.xlsx')));
    const states = answers.map(({ status }) => status);
    t.ok(states.includes(200) && states.includes(429), states.join());
    t.match(answers.find(({ status }) => status === 429)!.body, { code: 'list.busy' });
  });

  t.test('end when the reader goes away, and then there is room again', async (t) => {
    const before = (await traceOf(app)).length;
    await new Promise<void>((done, failed) => {
      const asked = request(`${app.url}/api/tips.xlsx`, { headers: officer.headers() });
      asked
        .once('response', (answer) => done(void answer.destroy()))
        .once('error', failed)
        .end();
    });
    let trace = await traceOf(app);
    while (trace.length < before + 2) {
      await setTimeout(20);
      trace = await traceOf(app);
    }
    t.equal(trace.at(-1)!.action, 'list.end_export');
    t.equal((await sheetsOf(officer, '/api/tips.xlsx')).rows.length, 1201);
  });
});
