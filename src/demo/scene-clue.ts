import type { Stage } from './narrator.ts';
import { CAST, clockOf, type ClockRow, decide, type Plot, tellClocks } from './plot.ts';

type Source = { id: string; state: string; clocks: ClockRow[] };
type Notice = { id: string; state: string };

async function verify(stage: Stage, plot: Plot): Promise<void> {
  await stage.act<Source>(
    {
      at: '2024-02-26T09:00:00+08:00',
      who: 'case_officer',
      what: '检验期间不计入核查期限 testing does not count',
    },
    (me) =>
      me.post(`/api/sources/${plot.sourceId}/exclusions`, {
        from: '2024-02-07',
        to: '2024-02-23',
        ground: 'testing',
      }),
  );
  const source = await stage.act<Source>(
    { at: '2024-02-26T15:00:00+08:00', who: 'case_officer', what: '记录核查情况 records the verification' },
    (me) =>
      me.post(`/api/sources/${plot.sourceId}/verification`, {
        verification:
          '经抽样检验，标称“牛肉干”的产品检出鸭源性成分，定量结果88%，未检出牛源性成分。产品供货来源指向新繁街道演示村一处三层民房。',
        handlingOpinion: '案情重大，拟向公安机关通报线索，并开展联合检查。',
      }),
  );
  tellClocks(stage, source.clocks);
  stage.holds('R01 扣除检验期间后 after the testing', clockOf(source.clocks, 'R01')?.rawOn, '2024-03-14');
}

/** The bureau finds the matter serious: the verification is recorded and the clue passed to the police. */
export async function clue(stage: Stage, plot: Plot): Promise<void> {
  await verify(stage, plot);
  const notice = await stage.act<Notice>(
    { at: '2024-02-26T16:00:00+08:00', who: 'case_officer', what: '起草线索通报 drafts the clue notice' },
    (me) =>
      me.post('/api/clue-notices', {
        sourceId: plot.sourceId,
        recipient: CAST.police,
        content:
          '我局核查发现网售牛肉干检出鸭源性成分88%，涉嫌生产、销售伪劣产品，现将线索通报你局，商请联合检查。',
      }),
  );
  plot.clueNoticeId = notice.id;
  await decide(
    stage,
    { kind: 'clue_notice', id: notice.id },
    {
      at: '2024-02-27T09:00:00+08:00',
      who: 'bureau_head',
      opinion: '同意通报。',
    },
  );
  await stage.act(
    { at: '2024-02-27T10:00:00+08:00', who: 'police_liaison', what: '送交公安 sends it to the police' },
    (me) => me.post(`/api/clue-notices/${notice.id}/send`, {}),
  );
  await stage.act(
    { at: '2024-02-28T11:00:00+08:00', who: 'police_liaison', what: '公安签收 police acknowledge' },
    (me) =>
      me.post(`/api/clue-notices/${notice.id}/acknowledge`, {
        acknowledgedBy: '新都区分局食药环侦大队（演示）',
      }),
  );
  const joined = await stage.act<Notice>(
    { at: '2024-03-05T10:00:00+08:00', who: 'police_liaison', what: '公安同意联合检查 police join' },
    (me) =>
      me.post(`/api/clue-notices/${notice.id}/conclude`, {
        result: 'joined',
        outcome: '商定3月7日联合突击检查。',
      }),
  );
  stage.holds('线索通报 clue notice', joined.state, 'joined');
}
