import t from 'tap';
import { type TestApp, testApp } from '../app.ts';
import { decide, filedCase, must, strangerOf } from '../given/cases.ts';

type Track = {
  violations: { id: string; version: number; laws: { applied: string } }[];
  sales: { id: string }[];
  acts: { chosenId: string; article: string; band: { min: { figures: string }; max: { figures: string } } }[];
  value: { total: { figures: string } };
  total: { range: { min: { figures: string }; max: { figures: string } } };
  gains: { state: string; approvalId: string; forfeit: { figures: string }; arithmetic: string[] } | null;
  marks: { id: string; reached: boolean; article: string; arithmetic: string }[];
  allowedActions: { action: string; allowed: boolean; code?: string; article?: string }[];
};

const VIOLATION = {
  breached: '《食品安全法》第三十四条第六项',
  fineRule: 'FSL124',
  facts: '当事人以鸭肉冒充牛肉生产“牛肉干”并销售。',
  actFrom: '2024-01-05',
  actTo: '2024-01-31',
};

const SALE = {
  what: '手撕风干牛肉干',
  soldFrom: '2024-01-05',
  soldTo: '2024-01-31',
  quantity: '972',
  unit: '袋',
  amountFen: 4_860_000,
  evidence: '网店后台销售记录',
};

async function started(app: TestApp): Promise<{ id: string; path: string }> {
  const { id } = await filedCase(app);
  return { id, path: `/api/cases/${id}` };
}

t.test('violations, sales and the sums they make (V3 of the worked examples)', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { path } = await started(app);
  await must(officer.post(`${path}/sales`, SALE), 201);
  const track = await must<Track>(officer.post(`${path}/violations`, VIOLATION), 201);
  t.equal(track.value.total.figures, '48,600.00');
  t.match(track.total.range, { min: { figures: '486,000.00' }, max: { figures: '972,000.00' } });
  const marks = Object.fromEntries(track.marks.map(({ id, reached }) => [id, reached]));
  t.match(marks, {
    K7_entity: true,
    K9: true,
    FSLR67: true,
    CL140_sold: false,
    CL140_unsold: false,
    CL140_combined: false,
  });
  t.ok(track.marks.every(({ article, arithmetic }) => article && arithmetic));
  const label = { ...VIOLATION, breached: '《食品安全法》第七十一条第三款', fineRule: 'FSL125' };
  const both = await must<Track>(officer.post(`${path}/violations`, label), 201);
  t.equal(both.acts.length, 1, 'one act');
  t.equal(both.acts[0]!.chosenId, track.violations[0]!.id, 'the highest fine');
  const second = { ...VIOLATION, actNo: 2, fineRule: 'FSL126', breached: '《食品安全法》第五十条第二款' };
  const three = await must<Track>(officer.post(`${path}/violations`, second), 201);
  t.equal(three.acts.length, 2);
  t.match(three.total.range.max.figures, '1,022,000.00');
  const value = await must<{ sold: { figures: string } }>(officer.get(`${path}/value`));
  t.equal(value.sold.figures, '48,600.00', 'the value of the goods takes the recorded sales');
  const trail = await app.owner
    .selectFrom('auditEntries')
    .select('action')
    .where('subjectId', '=', path.split('/').at(-1)!)
    .where('action', 'in', ['violation.record', 'sale.record'])
    .execute();
  t.equal(trail.length, 4, 'each change left one entry');
});

t.test('discretion, serious circumstances, the limitation, and corrections', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { path } = await started(app);
  t.match(await officer.post(`${path}/violations`, { ...VIOLATION, discretion: 'lighter' }), {
    status: 422,
    body: { code: 'violation.discretion', errors: [{ field: 'factors' }, { field: 'discretionReason' }] },
  });
  const judged = {
    ...VIOLATION,
    discretion: 'heavier',
    factors: ['serious_67'],
    discretionReason: '隐瞒真实情况。',
    serious: ['false_information'],
    seriousReason: '提供虚假进货单据。',
  };
  const track = await must<Track & { violations: unknown[] }>(
    officer.post(`${path}/violations`, judged),
    201,
  );
  t.match(track.violations, [
    {
      discretion: { tier: 'heavier', factors: [{ key: 'serious_67', article: /第六十七条/ }] },
      serious: { circumstances: [{ key: 'false_information' }], consequence: '吊销许可证' },
      limitation: { years: 2, endsOn: '2026-01-31', isOver: false },
    },
  ]);
  t.match(track.acts[0]!.band, { min: { figures: '85,000.00' }, max: { figures: '100,000.00' } });
  const { id } = track.violations[0]!;
  const amend = (changes: object) => officer.post(`/api/violations/${id}/amend`, { changes, reason: '更正' });
  t.match(await amend({ fineRule: 'FSL999' }), { status: 422, body: { code: 'violation.wrong' } });
  t.match(await amend({ fineRule: 'FSL122' }), { status: 422, body: { code: 'violation.discretion' } });
  await must(amend({ harmedLife: true }));
  await must(officer.post(`/api/violations/${id}/void`, { reason: '误录' }));
  t.match(await must<Track>(officer.get(`${path}/penalty`)), {
    violations: { length: 0 },
    acts: { length: 0 },
  });
  const factors = await must<{ factors: { key: string; must: boolean }[] }>(
    officer.get('/api/discretion-factors'),
  );
  t.ok(factors.factors.find(({ key }) => key === 'minor_no_harm')!.must);
});

t.test(
  'gains: the receipts before Order 118, its deductions after it, the principal head where they cannot be counted',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const { path } = await started(app);
    await must(officer.post(`${path}/sales`, { ...SALE, refundedFen: 60_000 }), 201);
    const deduction = {
      kind: 'materials',
      amountFen: 2_000_000,
      evidence: '鸭肉进货单据',
      provenOn: '2024-02-01',
      accepted: true,
      reason: '单据齐全。',
    };
    const early = await officer.post(`${path}/gains`, {
      method: 'deducting',
      deductions: [deduction],
      reason: '核算',
    });
    t.match(early, { status: 422, body: { code: 'gains.not_in_force' } });
    const whole = await must<Track>(
      officer.post(`${path}/gains`, { method: 'whole', reason: '全部款项' }),
      201,
    );
    t.equal(whole.gains!.forfeit.figures, '48,000.00', 'what was paid back is not confiscated');
    app.setNow('2026-04-20T10:00:00+08:00');
    const less = await must<Track>(
      officer.post(`${path}/gains`, { method: 'deducting', deductions: [deduction], reason: '核算' }),
      201,
    );
    t.equal(less.gains!.forfeit.figures, '28,000.00');
    t.same(less.gains!.arithmetic, [
      '所取得的款项 48,600.00 元',
      '扣除原材料购进价款 20,000.00 元',
      '违法所得 28,600.00 元',
      '没收：违法所得 28,600.00 元 − 已退赔 600.00 元 = 28,000.00 元',
    ]);
    const asked = await must<Track>(
      officer.post(`${path}/gains`, { method: 'not_calculable', reason: '账册灭失' }),
      201,
    );
    t.match(asked.gains, { state: 'waiting' });
    t.match(
      asked.allowedActions.find(({ action }) => action === 'gains.find'),
      { allowed: false, code: 'gains.waiting', gate: 'K25', article: /第十四条/ },
    );
    t.match(await officer.post(`${path}/gains`, { method: 'whole', reason: '再算' }), { status: 409 });
    const head = await app.as('bureau_head');
    const decision = { decision: 'approved', opinion: '同意。' };
    t.match(await head.post(`/api/approvals/${asked.gains!.approvalId}/decide`, decision), {
      status: 403,
      body: { code: 'approval.principal_only', gate: 'K25' },
    });
    await decide(app, asked.gains!.approvalId, { as: 'principal_head' });
    t.match(await must<Track>(officer.get(`${path}/penalty`)), {
      gains: { state: 'standing', forfeit: { figures: '0.00' } },
    });
    const again = await must<Track>(
      officer.post(`${path}/gains`, { method: 'partly', receiptsFen: 100, reason: '部分' }),
      201,
    );
    await decide(app, again.gains!.approvalId, { as: 'principal_head', decision: 'refused' });
    t.match(
      await must<Track>(officer.get(`${path}/penalty`)),
      { gains: null },
      'what was refused does not stand',
    );
  },
);

t.test('a province sets its own hearing figures, a bureau its own bands', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { path } = await started(app);
  await must(officer.post(`${path}/violations`, VIOLATION), 201);
  const k7 = async () =>
    (await must<Track>(officer.get(`${path}/penalty`))).marks.find(({ id }) => id === 'K7_entity')!;
  t.match(await k7(), { reached: false, arithmetic: '85,000.00 < 100,000.00' });
  const settings = {
    hearingEntityFen: 5_000_000,
    hearingSource: '某省规定',
    discretionLighterTo: '0.4',
    discretionHeavierFrom: '0.6',
  };
  await must((await app.as('administrator')).post('/api/bureau/amend', { settings }));
  t.match(await k7(), { reached: true, arithmetic: '80,000.00 ≥ 50,000.00', article: /某省规定/ });
});

t.test('the scope, the states, and hostile input', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id, path } = await started(app);
  const stranger = await strangerOf(app);
  t.equal((await stranger.get(`${path}/penalty`)).status, 404);
  t.equal((await stranger.post(`${path}/violations`, VIOLATION)).status, 404);
  t.equal((await (await app.as('auditor')).post(`${path}/violations`, VIOLATION)).status, 403);
  for (const body of [
    { ...VIOLATION, actNo: 0 },
    { ...VIOLATION, surprise: 1 },
    { ...VIOLATION, facts: '有\u0000零' },
    { ...VIOLATION, valueFen: -1 },
    { ...VIOLATION, factors: ['../../etc'] },
  ])
    t.equal((await officer.post(`${path}/violations`, body)).status, 400);
  t.match(await officer.post(`${path}/sales`, { ...SALE, refundedFen: 9_000_000 }), {
    status: 422,
    body: { errors: [{ field: 'refundedFen', code: 'sale.refund_too_large' }] },
  });
  await app.owner.updateTable('cases').set({ state: 'in_review' }).where('id', '=', id).execute();
  t.match(await officer.post(`${path}/violations`, VIOLATION), {
    status: 409,
    body: { code: 'penalty.facts_closed' },
  });
});
