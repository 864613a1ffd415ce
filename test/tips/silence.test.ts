import { sql } from 'kysely';
import t from 'tap';
import roles from '../../src/data/roles.json' with { type: 'json' };
import type { Client } from '../../src/demo/client.ts';
import type { TipRow, TipView } from '../../src/modules/tips/schemas.ts';
import { testApp } from '../app.ts';
import { decide, givenTip, type Problem, REPORT } from './given.ts';

/** Each stands nowhere else: who reads one of them knows who reported. */
const MARKED = {
  name: '司徒标甲',
  phone: '13800000077',
  address: '标乙街三号',
  idType: 'other',
  idNumber: 'ZZ-77880099',
  email: 'marked-c@example.com',
  otherContact: 'wx_marked_d',
  organisation: '标戊公司',
  representative: '标己己',
};
const FIELDS = Object.entries(MARKED).filter(([field]) => field !== 'idType');
const SPOKEN = FIELDS.map(([, mark]) => mark).join('、');
const marksIn = (text: string): string[] =>
  [...FIELDS.map(([, mark]) => mark), '标甲', '138000', 'ZZ7788'].filter((mark) => text.includes(mark));

t.test('who reported, said in free text', async (t) => {
  const app = await testApp(t);
  const intake = await app.as('intake_officer');
  const officer = await app.as('case_officer');
  const two = [app.filled.users.case_officer!.id, app.filled.users.case_officer_2!.id];
  // The name stands across the cut of the list's summary.
  const narrative = `${'牛'.repeat(77)}司徒标甲。${SPOKEN}`;
  const tip = await givenTip(intake, {
    ...REPORT,
    reporter: MARKED,
    narrative,
    demand: SPOKEN,
    orderNo: MARKED.phone,
    boughtAt: MARKED.address,
    platform: MARKED.otherContact,
    outsideNumbers: [{ system: '12345', number: 'SILENT-1', theirState: MARKED.name }],
  });
  await intake.post(`/api/tips/${tip.id}/amend`, {
    changes: { narrative: `${narrative}补充` },
    reason: `${MARKED.name}来电`,
  });
  await intake.post(`/api/tips/${tip.id}/told`, { about: 'other', way: 'phone', content: SPOKEN });
  const mayKnow = (role: string): boolean => {
    const { uses, permissions } = roles.roles.find(({ key }) => key === role)!;
    const bundles = roles.bundles as Record<string, string[]>;
    return [...permissions, ...uses.flatMap((name) => bundles[name] ?? [])].includes('tip.look_at_reporter');
  };

  async function everythingOf(who: Client, more: readonly string[] = []): Promise<string> {
    const paths = [
      '/api/tips?limit=200',
      '/api/tips?outsideNumber=SILENT-1',
      `/api/tips/${tip.id}`,
      `/api/tips/${tip.id}/history`,
      '/api/sources?limit=200',
      '/api/cases',
      '/api/clue-notices',
      '/api/approvals',
      '/api/parties',
      '/api/clocks',
      '/api/audit?limit=200',
      ...more,
    ];
    const answers: string[] = [];
    for (const path of paths) answers.push(JSON.stringify((await who.get(path)).body));
    return answers.join('\n');
  }

  t.test('is read by those alone who may know who reported', async (t) => {
    const keys = roles.roles.map(({ key }) => key).filter((key) => app.filled.users[key]);
    t.ok(keys.filter((key) => !mayKnow(key)).length > 4);
    for (const role of keys) {
      const who = await app.as(role);
      const seen = marksIn(await everythingOf(who));
      if (mayKnow(role)) t.ok(seen.length > 0, `${role} reads it as entered`);
      else t.same(seen, [], role);
      for (const [field, mark] of FIELDS) {
        const found = await who.get<{ items?: TipRow[] }>(`/api/tips?q=${encodeURIComponent(mark)}`);
        if (!mayKnow(role)) t.same(found.body.items ?? [], [], `${role} does not find it by ${field}`);
      }
    }
    const auditor = await (await app.as('auditor')).get<TipView>(`/api/tips/${tip.id}`);
    t.match(auditor.body, {
      narrative: /〔信息保密〕/,
      orderNo: '〔信息保密〕',
      respondentName: REPORT.respondent.name,
    });
    const found = await officer.get<{ items: TipRow[] }>(`/api/tips?q=${MARKED.phone}`);
    t.match(found.body.items, [{ id: tip.id }], 'an officer finds it');
    const respondent = encodeURIComponent(REPORT.respondent.name);
    const byName = await (await app.as('auditor')).get<{ items: TipRow[] }>(`/api/tips?q=${respondent}`);
    t.match(byName.body.items, [{ id: tip.id }], 'the respondent is found by all');
  });

  t.test('goes into nothing that leaves the tip', async (t) => {
    const note = await intake.post<Problem>(`/api/tips/${tip.id}/open-source`, {});
    t.match(note, { status: 422, body: { code: 'tip.names_reporter' } });
    const opened = await intake.post<TipView>(`/api/tips/${tip.id}/open-source`, { content: '群众举报。' });
    const sourceId = opened.body.sources[0]!.id;
    const filing = {
      sourceId,
      party: { kind: 'company', name: REPORT.respondent.name },
      title: '涉嫌案',
      cause: '冒充',
      facts: '经查。',
      basis: '依法。',
      jurisdictionBasis: '本区。',
      officerIds: two,
    };
    await officer.post(`/api/sources/${sourceId}/verify`, { verifierIds: two });
    const clue = { sourceId, recipient: '公安', content: '线索。' };
    await officer.post(`/api/sources/${sourceId}/verification`, { verification: '属实。' });
    const caseId = (await officer.post<{ id: string }>('/api/cases', filing)).body.id;
    await decide(app, caseId, 'refused');
    const notice = await officer.post<{ id: string }>('/api/clue-notices', clue);
    await decide(app, notice.body.id, 'refused');
    const changed = (name: string, mark: string) => ({ changes: { [name]: mark }, reason: '补正' });
    const writers = (mark: string): [string, object, string][] => [
      [`/api/sources/${sourceId}/amend`, changed('content', mark), 'changes.content'],
      [`/api/sources/${sourceId}/amend`, changed('providerContact', mark), 'changes.providerContact'],
      [`/api/sources/${sourceId}/verification`, { verification: mark }, 'verification'],
      [`/api/sources/${sourceId}/extend`, { grounds: mark }, 'grounds'],
      [`/api/sources/${sourceId}/decline`, { ground: 'no_fault', reasons: mark }, 'reasons'],
      [`/api/sources/${sourceId}/hand-over`, { agency: '甲局', reasons: mark }, 'reasons'],
      ['/api/cases', { ...filing, facts: mark }, 'facts'],
      [`/api/cases/${caseId}/amend`, changed('facts', mark), 'changes.facts'],
      ['/api/clue-notices', { ...clue, content: mark }, 'content'],
      [`/api/clue-notices/${notice.body.id}/amend`, changed('content', mark), 'changes.content'],
    ];
    for (const [name, mark] of FIELDS) {
      for (const [path, body, field] of writers(`据${mark}反映。`)) {
        const answer = await officer.post<Problem>(path, body, {
          headers: { 'idempotency-key': `${path}${field}${name}` },
        });
        t.match(
          answer,
          {
            status: 422,
            body: { code: 'tip.names_reporter', article: /暂行办法》第三十三条/, errors: [{ field }] },
          },
          `${path} ${field} ${name}`,
        );
      }
    }
    const paths = [`/api/sources/${sourceId}`, `/api/sources/${sourceId}/history`, `/api/cases/${caseId}`];
    t.same(marksIn(await everythingOf(await app.as('auditor'), paths)), []);
    const fine = await officer.post(`/api/sources/${sourceId}/amend`, changed('content', '群众反映。'));
    t.equal(fine.status, 200);
  });

  t.test('an answer kept for a repeat is the answer that was given', async (t) => {
    const worker = await app.as('grid_worker');
    const headers = { 'idempotency-key': 'spoken' };
    const own = await worker.post<TipView>(
      '/api/tips',
      { ...REPORT, reporter: MARKED, narrative: SPOKEN },
      { headers },
    );
    t.equal(own.status, 201);
    t.same(marksIn(JSON.stringify(own.body)), []);
    const { rows } = await sql<{
      line: string;
    }>`select to_jsonb(k)::text as line from idempotency_keys k`.execute(app.owner);
    t.ok(rows.length > 0);
    t.same(marksIn(rows.map(({ line }) => line).join('\n')), []);
    for (const table of [
      'audit_entries',
      'sources',
      'cases',
      'clue_notices',
      'approvals',
      'clocks',
      'documents',
    ]) {
      const found = await sql<{
        line: string;
      }>`select to_jsonb(x)::text as line from ${sql.table(table)} x`.execute(app.owner);
      t.same(marksIn(found.rows.map(({ line }) => line).join('\n')), [], table);
    }
  });
});
