import t from 'tap';
import pg from 'pg';
import type { ReporterView, TipRow, TipView } from '../../src/modules/tips/schemas.ts';
import { testApp } from '../app.ts';
import { COMPLAINT, givenTip, type Problem, REPORT } from './given.ts';

t.test('hostile and honest input', async (t) => {
  const app = await testApp(t);
  const intake = await app.as('intake_officer');
  const register = (change: object, base: object = REPORT) =>
    intake.post<TipView & Problem>('/api/tips', { ...base, ...change });
  const count = async () =>
    Number(
      (
        await app.owner
          .selectFrom('tips')
          .select((eb) => eb.fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    );

  t.test('what people write is kept as they wrote it', async (t) => {
    const texts = [
      '=HYPERLINK("http://example.com","点我")',
      '+86 电话',
      '@SUM(A1)',
      '🐄牛肉干🍖👨‍👩‍👧里有𠮷野家的㐂字',
      "'; drop table tips; --",
      '<script>alert(1)</script>',
      '{{ constructor }} %s ${x}',
      '第一行\n第二行\t制表',
      '\ue000\u{2a7dd}',
    ];
    for (const narrative of texts) {
      const { status, body } = await register({ narrative, productName: narrative.split('\n')[0] });
      t.equal(status, 201, narrative);
      t.equal(body.narrative, narrative);
      t.equal((await intake.get<TipView>(`/api/tips/${body.id}`)).body.narrative, narrative);
    }
    const rare = await register({ reporter: { name: '𠮷㐂', phone: '13800000001' } });
    t.equal((await intake.get<ReporterView>(`/api/tips/${rare.body.id}/reporter`)).body.name, '𠮷㐂');
    t.equal((await register({ narrative: '  e\u0301\r\n尾 ' })).body.narrative, 'é\n尾');
    const summary = '𠮷'.repeat(100);
    const long = await register({ narrative: summary });
    const row = (await intake.get<{ items: TipRow[] }>('/api/tips?limit=200')).body.items.find(
      ({ id }) => id === long.body.id,
    );
    t.equal(row?.summary, '𠮷'.repeat(80), 'never half a character');
  });

  t.test('zero is an amount, empty is not nothing', async (t) => {
    t.equal((await register({ amountFen: 0 })).body.amountFen, 0);
    t.equal((await register({ consentPublish: false })).body.consentPublish, false);
    t.equal((await register({ amountFen: null })).body.amountFen, null);
  });

  t.test('what cannot be is refused with its field, and nothing is left behind', async (t) => {
    const before = await count();
    const cases: [object, string, string][] = [
      [{ narrative: 'a\u0000b' }, 'narrative', 'field.control_characters'],
      [{ respondent: { name: 'a\u0007' } }, 'respondent.name', 'field.control_characters'],
      [{ narrative: '   ' }, 'narrative', 'field.too_small'],
      [{ narrative: '牛'.repeat(20_001) }, 'narrative', 'field.too_long'],
      [{ amountFen: -1 }, 'amountFen', 'field.too_small'],
      [{ amountFen: 1.5 }, 'amountFen', 'field.type'],
      [{ amountFen: 1e15 }, 'amountFen', 'field.too_big'],
      [{ amountFen: '98' }, 'amountFen', 'field.type'],
      [{ boughtOn: '2024-02-30' }, 'boughtOn', 'field.day'],
      [{ boughtOn: '2023-02-29' }, 'boughtOn', 'field.day'],
      [{ competentOn: '2024-2-5' }, 'competentOn', 'field.day'],
      [{ receivedAt: '2024-02-05T10:00:00' }, 'receivedAt', 'field.format'],
      [{ kind: 'gossip' }, 'kind', 'field.choice'],
      [{ state: 'accepted' }, 'state', 'field.unknown'],
      [{ bureauId: 'x', createdBy: 'y' }, 'bureauId', 'field.unknown'],
      [{ reporter: { name: '甲', role: 'admin' } }, 'reporter.role', 'field.unknown'],
      [{ respondent: undefined }, 'respondent', 'field.required'],
      [{ respondent: { name: '甲', party: { id: 'x' } } }, 'respondent.party.id', 'field.format'],
      [
        { outsideNumbers: Array.from({ length: 11 }, (_, i) => ({ system: '12345', number: `${i}` })) },
        'outsideNumbers',
        'field.too_big',
      ],
    ];
    for (const [change, field, code] of cases) {
      const { status, body } = await register(change);
      t.equal(status, 400, `${field} ${code}`);
      t.ok(
        body.errors?.some((error) => error.field === field && error.code === code),
        `${field}: ${JSON.stringify(body.errors)}`,
      );
    }
    const rules: [object, string][] = [
      [{ boughtOn: '2024-02-06' }, 'field.future'],
      [{ receivedAt: '2024-02-05T10:00:01+08:00' }, 'field.future'],
      [{ competentOn: '2024-02-06' }, 'field.future'],
      [
        { receivedAt: '2024-02-05T09:00:00+08:00', competentOn: '2024-02-04' },
        'tip.competent_before_received',
      ],
      [{ channel: 'pigeon' }, 'request.invalid'],
      [{ reporter: { name: '甲', idNumber: '123' } }, 'tip.reporter_wrong'],
      [
        { respondent: { name: '甲', party: { kind: 'company', name: '甲', uscc: '1' } } },
        'party.codes_wrong',
      ],
    ];
    for (const [change, code] of rules)
      t.match(await register(change), { status: 422, body: { code } }, code);
    t.equal(await count(), before);
    const reporters = await app.owner.selectFrom('reporters').selectAll().execute();
    const used = await app.owner
      .selectFrom('tips')
      .select('reporterId')
      .where('reporterId', 'is not', null)
      .execute();
    t.equal(reporters.length, used.length, 'no reporter of a refused tip is kept');
  });

  t.test('ten megabytes of narrative are refused before they are read', async (t) => {
    const before = await count();
    const { status } = await register({ narrative: 'x'.repeat(10 * 1024 * 1024) });
    t.equal(status, 413);
    const response = await fetch(`${app.url}/api/tips`, {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    t.equal(response.status, 401, 'nobody learns anything before he is known');
    t.equal(await count(), before);
  });

  t.test('of two connections racing for one outside number, one wins', async (t) => {
    const number = 'RACE-1';
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => register({ outsideNumbers: [{ system: '12345', number }] }, COMPLAINT)),
    );
    t.same(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [201, 409, 409, 409, 409, 409],
    );
    const rows = await app.owner
      .selectFrom('tipNumbers')
      .select('tipId')
      .where('number', '=', number)
      .execute();
    t.equal(rows.length, 1);
    const left = await app.owner
      .selectFrom('clocks')
      .select('id')
      .where('subjectKind', '=', 'tip')
      .where('subjectId', 'not in', (eb) => eb.selectFrom('tips').select('id'))
      .execute();
    t.same(left, [], 'no clock of a tip that is not there');
  });

  t.test('a page costs the same number of statements whatever it holds', async (t) => {
    const statements = async (path: string): Promise<number> => {
      const seen: string[] = [];
      const query = Reflect.get(pg.Client.prototype, 'query') as typeof pg.Client.prototype.query;
      // Watches what goes over the wire: nothing of ours is replaced.
      pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
        const first = args[0] as { text?: string } | string;
        seen.push(typeof first === 'string' ? first : (first.text ?? ''));
        return (query as (...args: unknown[]) => unknown).apply(this, args);
      } as typeof query;
      try {
        t.equal((await intake.get(path)).status, 200);
      } finally {
        pg.Client.prototype.query = query;
      }
      return seen.filter((text) => /^select/i.test(text) && text.includes('tips')).length;
    };
    for (let i = 0; i < 5; i += 1)
      await givenTip(intake, { ...COMPLAINT, outsideNumbers: [{ system: 'other', number: `S${i}` }] });
    t.equal(await statements('/api/tips?limit=1'), 1);
    t.equal(await statements('/api/tips?limit=50'), 1);
  });

  t.test('the list filters, and pages without losing or repeating one', async (t) => {
    for (let i = 0; i < 7; i += 1) {
      app.setNow(`2024-02-06T10:0${i}:00+08:00`);
      await givenTip(intake, { ...(i % 2 ? COMPLAINT : REPORT), channel: 'fax', narrative: `翻页_${i}%` });
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await intake.get<{ items: TipRow[]; next: string | null }>(
        `/api/tips?channel=fax&limit=3${cursor}`,
      );
      seen.push(...body.items.map(({ summary }) => summary));
      cursor = body.next ? `&cursor=${body.next}` : '';
    } while (cursor);
    t.same(
      seen,
      [6, 5, 4, 3, 2, 1, 0].map((i) => `翻页_${i}%`),
    );
    const only = async (query: string) =>
      (await intake.get<{ items: TipRow[] }>(`/api/tips?channel=fax&${query}`)).body.items.length;
    t.equal(await only('kind=complaint'), 3);
    t.equal(await only(`q=${encodeURIComponent('翻页_3%')}`), 1);
    t.equal(await only(`q=${encodeURIComponent('翻页%3')}`), 0, 'a wildcard is a character');
    t.equal(await only('state=accepted'), 0);
    t.equal(await only('assignee=me'), 0);
    const [first] = (await intake.get<{ items: TipRow[] }>('/api/tips?channel=fax&kind=complaint&limit=1'))
      .body.items;
    t.ok(first?.dueOn, 'the due day stands in the row');
    const dispatcher = await app.as('dispatcher');
    await dispatcher.post(`/api/tips/${first!.id}/assign`, {
      kind: 'assign',
      userIds: [app.filled.users.intake_officer!.id],
    });
    t.equal(await only('assignee=me'), 1);
    for (const bad of ['limit=0', 'limit=1000', 'cursor=x', 'kind=x', 'unknown=1', 'q=']) {
      t.equal((await intake.get(`/api/tips?${bad}`)).status, 400, bad);
    }
  });
});
