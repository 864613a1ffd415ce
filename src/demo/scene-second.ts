import type { Stage } from './narrator.ts';
import { type ClockRow, decide, type Plot, tellClocks } from './plot.ts';

type Id = { id: string };
type Track = {
  state: string;
  total: { range: { min: Money; max: Money } };
  gains: { forfeit: Money } | null;
  violations: Id[];
  proposals: { hearingGrounds: string[]; windowEndsOn: string | null }[];
  clocks: ClockRow[];
};
type Money = { figures: string };
type Hearing = { state: string; clocks: ClockRow[] };

const BAKERY = {
  kind: 'sole_trader',
  name: '新都区演示烘焙坊（演示）',
  representative: '演示人丁',
  address: '四川省成都市新都区桂湖街道演示街8号',
  phone: '13800000003',
};

const at = (instant: string, who: string, what: string) => ({ at: `${instant}:00+08:00`, who, what });

/** A service on the spot, signed by the party. */
export const handed = (stage: Stage, servedOn: string, paperNumber?: string) => ({
  way: 'direct',
  servedOn,
  place: BAKERY.address,
  receiver: BAKERY.representative,
  receiverRole: 'party',
  serverIds: [stage.id('case_officer'), stage.id('case_officer_2')],
  proof: '送达回证，当事人签收。',
  ...(paperNumber ? { paperNumber } : {}),
});

async function file(stage: Stage, plot: Plot): Promise<void> {
  const source = await stage.act<Id>(
    at(
      '2026-04-20T15:00',
      'case_officer',
      '日常检查发现线索，登记案源 registers the source of an inspection',
    ),
    (me) =>
      me.post('/api/sources', {
        origin: 'inspection',
        foundOn: '2026-04-20',
        party: BAKERY,
        content: '日常检查发现当事人货架上有超过保质期的蛋糕在售。',
      }),
  );
  const officerIds = [stage.id('case_officer'), stage.id('case_officer_2')];
  await stage.act(at('2026-04-20T15:30', 'unit_head', '指派两名执法人员核查 names two officers'), (me) =>
    me.post(`/api/sources/${source.id}/verify`, { verifierIds: officerIds }),
  );
  await stage.act(at('2026-04-21T17:00', 'case_officer', '核查属实 verifies'), (me) =>
    me.post(`/api/sources/${source.id}/verification`, {
      verification: '经核查，当事人销售超过保质期的蛋糕，销售记录与进货票据相互印证。',
    }),
  );
  const proposed = await stage.act<Id>(
    at('2026-04-22T09:00', 'case_officer', '提请立案 proposes the case'),
    (me) =>
      me.post('/api/cases', {
        sourceId: source.id,
        title: '新都区演示烘焙坊涉嫌经营超过保质期的食品案',
        cause: '涉嫌经营超过保质期的食品',
        facts: '当事人销售超过保质期的蛋糕。',
        basis: '《食品安全法》第三十四条第十项、第一百二十四条第一款第五项',
        jurisdictionBasis: '违法行为发生地在本局辖区（《市场监督管理行政处罚程序规定》第七条）。',
        officerIds,
      }),
  );
  plot.caseId = proposed.id;
  const about = { kind: 'case', id: proposed.id };
  await decide(stage, about, { at: '2026-04-22T11:00:00+08:00', who: 'bureau_head', opinion: '同意立案。' });
}

/** What was sold and gained: Order 118 takes the proven cost of the goods off. */
async function charge(stage: Stage, plot: Plot): Promise<Track> {
  const path = `/api/cases/${plot.caseId}`;
  await stage.act(at('2026-05-06T09:00', 'case_officer', '登记销售 enters the sales'), (me) =>
    me.post(`${path}/sales`, {
      what: '超过保质期的蛋糕',
      soldFrom: '2026-04-10',
      soldTo: '2026-04-20',
      quantity: '193',
      unit: '个',
      amountFen: 386_000,
      evidence: '收银系统销售记录',
    }),
  );
  await stage.act(at('2026-05-06T09:20', 'case_officer', '登记违法行为 enters the violation'), (me) =>
    me.post(`${path}/violations`, {
      breached: '《食品安全法》第三十四条第十项',
      fineRule: 'FSL124',
      facts: '当事人销售超过保质期的蛋糕193个。',
      actFrom: '2026-04-10',
      actTo: '2026-04-20',
    }),
  );
  const track = await stage.act<Track>(
    at('2026-05-08T10:00', 'case_officer', '认定违法所得 finds the gains'),
    (me) =>
      me.post(`${path}/gains`, {
        method: 'deducting',
        deductions: [
          {
            kind: 'materials',
            amountFen: 126_000,
            evidence: '原料进货票据',
            provenOn: '2026-05-07',
            accepted: true,
            reason: '票据与库存台账一致。',
          },
        ],
        proofDueOn: '2026-05-08',
        reason: '销售款扣除原材料购进价款。',
      }),
  );
  stage.holds('违法所得 gains (3,860 − 1,260)', track.gains?.forfeit.figures, '2,600.00');
  stage.holds('罚款幅度 range of the fine', track.total.range.max.figures, '100,000.00');
  return track;
}

async function propose(stage: Stage, plot: Plot, violationId: string): Promise<void> {
  const path = `/api/cases/${plot.caseId}`;
  const facts = '当事人销售超过保质期的蛋糕193个，货值金额3,860.00元，违法所得2,600.00元。';
  const evidence = '现场笔录、收银系统销售记录、进货票据、询问笔录。';
  await stage.act(at('2026-05-11T10:00', 'case_officer', '调查终结 ends the investigation'), (me) =>
    me.post(`${path}/conclude`, {
      course: '日常检查发现线索，核查后立案，依法调查。',
      facts,
      evidence,
      nature: '经营超过保质期的食品。',
      discretion: '无从轻、减轻或者从重情形。',
      handling: '建议依据《食品安全法》第一百二十四条第一款给予行政处罚。',
      suggested: 'penalty',
    }),
  );
  await stage.act(at('2026-05-12T10:00', 'case_reviewer', '案件审核同意 the reviewer agrees'), (me) =>
    me.post(`${path}/review`, { opinion: 'agree', comment: '事实清楚，证据充分，同意。' }),
  );
  await stage.act(at('2026-05-13T09:00', 'case_officer', '提出处罚建议 proposes the penalty'), (me) =>
    me.post(`${path}/proposals`, {
      kind: 'penalty',
      facts,
      evidence,
      basis: '《食品安全法》第三十四条第十项、第一百二十四条第一款第五项',
      reasons: '在一般幅度内处罚。',
      fines: [{ violationId, fineFen: 7_000_000 }],
      gainsFen: 260_000,
      orderToCorrect: '立即停止经营超过保质期的食品。',
    }),
  );
  const about = { kind: 'case', id: plot.caseId };
  await decide(stage, about, { at: '2026-05-13T15:00:00+08:00', who: 'deputy_head', opinion: '同意告知。' });
}

/** April to May 2026: a bakery sold cakes past their date; filed, concluded, reviewed, and the party is told. */
export async function secondCase(stage: Stage, plot: Plot): Promise<void> {
  await file(stage, plot);
  const { violations } = await charge(stage, plot);
  await propose(stage, plot, violations[0]!.id);
  const told = await stage.act<Track>(
    at('2026-05-14T15:00', 'case_officer', '送达行政处罚告知书 serves the notice'),
    (me) => me.post(`/api/cases/${plot.caseId}/notice/serve`, handed(stage, '2026-05-14')),
  );
  tellClocks(stage, told.clocks);
  stage.holds('告知听证 a hearing is offered (K7)', told.proposals[0]!.hearingGrounds.length > 0, true);
  stage.holds('陈述申辩、听证期限 the party may answer until', told.proposals[0]!.windowEndsOn, '2026-05-21');
}

async function prepare(stage: Stage, path: string): Promise<void> {
  await stage.act<Hearing>(
    at('2026-05-18T10:00', 'case_officer', '当事人要求听证 the party asks for a hearing'),
    (me) =>
      me.post(`${path}/request`, {
        requestedOn: '2026-05-18',
        requestedBy: '演示人丁',
        request: '认为罚款过重。',
      }),
  );
  const appointed = await stage.act<Hearing>(
    at('2026-05-19T09:00', 'bureau_head', '指定听证主持人 names host and recorder'),
    (me) =>
      me.post(`${path}/appoint`, {
        hostId: stage.id('hearing_host'),
        recorderId: stage.id('hearing_recorder'),
      }),
  );
  tellClocks(stage, appointed.clocks);
  await stage.act(at('2026-05-20T09:00', 'case_officer', '移交案件材料 hands the file over'), (me) =>
    me.post(`${path}/hand-file`, { handedOn: '2026-05-20' }),
  );
  await stage.act(at('2026-05-20T16:00', 'hearing_host', '确定时间地点 fixes the day'), (me) =>
    me.post(`${path}/schedule`, {
      heldAt: '2026-06-03T09:30:00+08:00',
      place: '本局三楼会议室',
      isPublic: true,
    }),
  );
  await stage.act(
    at('2026-05-21T10:00', 'case_officer', '送达听证通知书 serves the notice of the hearing'),
    (me) => me.post(`${path}/serve-notice`, handed(stage, '2026-05-21')),
  );
  await stage.act(at('2026-05-22T10:00', 'hearing_recorder', '公告听证 announces it'), (me) =>
    me.post(`${path}/announce`, { announcedOn: '2026-05-22' }),
  );
}

/** The hearing of 3 June 2026, its report, and the legal review after it (K4). */
export async function hearing(stage: Stage, plot: Plot): Promise<void> {
  const path = `/api/cases/${plot.caseId}/hearing`;
  await prepare(stage, path);
  await stage.act(at('2026-06-03T11:00', 'hearing_host', '举行听证 the hearing is held'), (me) =>
    me.post(`${path}/end`, {
      endedAt: '2026-06-03T10:45:00+08:00',
      participants: '办案人员林晓峰、周敏，当事人演示人丁',
      record: '听证笔录全文（演示）。',
    }),
  );
  const reported = await stage.act<Hearing>(
    at('2026-06-08T10:00', 'hearing_host', '听证报告 the report'),
    (me) => me.post(`${path}/report`, { report: '听证情况（演示）。', opinion: '事实清楚，建议维持。' }),
  );
  stage.holds('听证 hearing', reported.state, 'heard');
  await stage.act(at('2026-06-09T10:00', 'legal_reviewer', '法制审核同意 the legal review agrees'), (me) =>
    me.post(`/api/cases/${plot.caseId}/legal-review`, { opinion: 'agree', comment: '程序合法，同意。' }),
  );
}
