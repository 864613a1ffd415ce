import type { Stage } from './narrator.ts';
import { issuePaper } from './paper.ts';
import { CAST, clockOf, type ClockRow, type Plot, tellClocks } from './plot.ts';

type Tip = { id: string; number: string; state: string; sources: { id: string }[]; clocks: ClockRow[] };
type Source = { id: string; number: string; state: string; clocks: ClockRow[] };

async function register(stage: Stage, plot: Plot): Promise<void> {
  const tip = await stage.act<Tip>(
    { at: '2024-02-05T09:10:00+08:00', who: 'intake_officer', what: '登记举报 registers the report' },
    (me) =>
      me.post('/api/tips', {
        kind: 'report',
        channel: '12345',
        outsideNumbers: [{ system: '12345', number: 'CD20240205000123' }],
        reporter: CAST.reporter,
        respondent: { name: CAST.seller.name, address: CAST.seller.address, party: CAST.seller },
        narrative:
          '举报人称在网店购买的“川野牧香手撕风干牛肉干”口感、纤维不像牛肉，怀疑以其他肉冒充牛肉，要求查处并下架。',
        demand: '查处违法行为，下架该产品。',
        productName: '手撕风干牛肉干',
        brand: '川野牧香',
        batchNo: '20240112',
        boughtOn: '2024-01-28',
        platform: '某电商平台',
        orderNo: 'DEMO-240128-0001',
        amountFen: 9800,
      }),
  );
  plot.tipId = tip.id;
  plot.documents['举报02'] = await issuePaper(stage, {
    at: '2024-02-05T09:20:00+08:00',
    who: 'intake_officer',
    kind: 'report-registration',
    form: '投诉举报文书式样二',
    subject: { kind: 'tip', id: tip.id },
  });
}

async function openSource(stage: Stage, plot: Plot): Promise<void> {
  const opened = await stage.act<Tip>(
    { at: '2024-02-05T10:00:00+08:00', who: 'intake_officer', what: '转为案源 opens a case source' },
    (me) =>
      me.post(`/api/tips/${plot.tipId}/open-source`, {
        content: '群众举报网售“川野牧香”手撕风干牛肉干疑以其他肉冒充牛肉。',
        handlingOpinion: '转新繁市场监督管理所核查，对涉案产品抽样检验。',
      }),
  );
  plot.sourceId = opened.sources[0]!.id;
  plot.documents['01'] = await issuePaper(stage, {
    at: '2024-02-05T10:10:00+08:00',
    who: 'intake_officer',
    kind: 'case-source-registration',
    form: '#1',
    subject: { kind: 'source', id: plot.sourceId },
  });
}

/** 5 February 2024: a caller says the beef jerky sold online is fake; the tip becomes a case source. */
export async function report(stage: Stage, plot: Plot): Promise<void> {
  await register(stage, plot);
  await openSource(stage, plot);
  const source = await stage.act<Source>(
    {
      at: '2024-02-05T14:00:00+08:00',
      who: 'unit_head',
      what: '指派两名执法人员核查 names two officers to verify',
    },
    (me) =>
      me.post(`/api/sources/${plot.sourceId}/verify`, {
        verifierIds: [stage.id('case_officer'), stage.id('case_officer_2')],
      }),
  );
  tellClocks(stage, source.clocks);
  // 除夕 was a working day in 2024, 18 February a make-up day: 15 working days from 5 February end on 1 March.
  stage.holds('R01 末日 last day', clockOf(source.clocks, 'R01')?.rawOn, '2024-03-01');
}
