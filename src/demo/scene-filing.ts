import type { Stage } from './narrator.ts';
import { CAST, clockOf, type ClockRow, decide, type Plot, tellClocks } from './plot.ts';

type Case = {
  id: string;
  number: string | null;
  state: string;
  clocks: ClockRow[];
  source: { state: string };
};
type Tip = { state: string; clocks: ClockRow[] };
type Value = { total: { fen: number; text: string }; flags: { id: string; reached: boolean }[] };

/** The case is filed the day after the raid; the reporter is told; the goods are valued. */
export async function filing(stage: Stage, plot: Plot): Promise<void> {
  const proposed = await stage.act<Case>(
    { at: '2024-03-08T09:00:00+08:00', who: 'case_officer', what: '提请立案 proposes the case' },
    (me) =>
      me.post('/api/cases', {
        sourceId: plot.sourceId,
        party: CAST.workshop,
        title: '演示人丙涉嫌未经许可从事食品生产案',
        cause: '涉嫌未取得食品生产许可从事食品生产',
        facts:
          '2024年3月7日，本局会同公安机关对新繁街道演示村3组18号三层民房进行突击检查，现场查见当事人未取得食品生产许可，使用鸭肉生产标称“牛肉干”的产品。',
        basis:
          '《中华人民共和国食品安全法》第三十五条第一款、第一百二十二条第一款；《市场监督管理行政处罚程序规定》第十九条。',
        jurisdictionBasis: '违法行为发生地在本局辖区（《市场监督管理行政处罚程序规定》第七条）。',
        officerIds: [stage.id('case_officer'), stage.id('case_officer_2')],
      }),
  );
  plot.caseId = proposed.id;
  plot.approvals['filing'] = await decide(
    stage,
    { kind: 'case', id: proposed.id },
    {
      at: '2024-03-08T11:00:00+08:00',
      who: 'bureau_head',
      opinion: '同意立案。',
      unit: { at: '2024-03-08T10:00:00+08:00', opinion: '建议立案调查，由林晓峰、周敏承办。' },
    },
  );
  const filed = await stage.act<Case>(
    { at: '2024-03-08T11:05:00+08:00', who: 'case_officer', what: '案件已立案 the case is filed' },
    (me) => me.get(`/api/cases/${proposed.id}`),
  );
  tellClocks(stage, filed.clocks);
  stage.holds('案件 case', filed.state, 'investigating');
  stage.holds('P04 末日 last day (90 days)', clockOf(filed.clocks, 'P04')?.rawOn, '2024-06-06');
  stage.holds('案源 source', filed.source.state, 'case_opened');
  await tellReporter(stage, plot);
}

async function tellReporter(stage: Stage, plot: Plot): Promise<void> {
  const tip = await stage.act<Tip>(
    { at: '2024-03-08T11:10:00+08:00', who: 'intake_officer', what: '举报件随案更新 the tip follows' },
    (me) => me.get(`/api/tips/${plot.tipId}`),
  );
  tellClocks(stage, tip.clocks);
  stage.holds('R02o 末日 last day (5 working days)', clockOf(tip.clocks, 'R02o')?.rawOn, '2024-03-15');
  await stage.act<Tip>(
    {
      at: '2024-03-11T10:00:00+08:00',
      who: 'intake_officer',
      what: '告知实名举报人已立案 tells the reporter',
    },
    (me) =>
      me.post(`/api/tips/${plot.tipId}/told`, {
        about: 'filing_decision',
        way: 'phone',
        content: '您举报的事项，本局已于2024年3月8日立案调查。',
      }),
  );
}

/** The goods seized, item by item at their label or market price; nothing here decides anything. */
export async function valuation(stage: Stage, plot: Plot): Promise<void> {
  const value = await stage.act<Value>(
    { at: '2024-03-12T09:00:00+08:00', who: 'case_officer', what: '核定货值 the value of the goods' },
    (me) => me.get(`/api/cases/${plot.caseId}/value?soldFen=3860000`),
  );
  stage.note(`货值合计 value in all: ${JSON.stringify(value.total)}`);
  for (const flag of value.flags) stage.note(JSON.stringify(flag));
}
