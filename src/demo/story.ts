import type { StoryClock } from './clock.ts';
import type { Filled } from './fill.ts';
import { makeStage, type Stage } from './narrator.ts';
import type { Plot } from './plot.ts';
import { clue } from './scene-clue.ts';
import { filing, valuation } from './scene-filing.ts';
import { papers } from './scene-papers.ts';
import { archiving, decision, latePayment } from './scene-payment.ts';
import { raid } from './scene-raid.ts';
import { report } from './scene-report.ts';
import { hearing, secondCase } from './scene-second.ts';
import { testing } from './scene-test.ts';
import { transfer } from './scene-transfer.ts';

type Scene = { title: string; play: (stage: Stage, plot: Plot, out: string) => Promise<void> };

const SCENES: Scene[] = [
  { title: '一、举报 The report', play: report },
  { title: '二、检验：鸭源性成分88% The test: 88 % duck', play: testing },
  { title: '三、线索通报 The clue goes to the police', play: clue },
  { title: '四、联合检查与扣押 The joint raid and the seizure', play: raid },
  { title: '五、立案 The case is filed', play: filing },
  { title: '六、货值 The value of the goods', play: valuation },
  { title: '七、移送公安（本演示自拟的结局） The transfer: an ending of our own', play: transfer },
  { title: '八、文书 The papers', play: papers },
  { title: '九、第二案（2026年）：立案、调查、告知 A second, smaller case of 2026', play: secondCase },
  { title: '十、听证 The hearing', play: hearing },
  { title: '十一、决定与送达 The decision and its service', play: decision },
  { title: '十二、逾期十一日缴款 Paid eleven days late', play: latePayment },
  { title: '十三、结案与归档 Closing and archive', play: archiving },
];

const NOTHING_YET = {
  tipId: '',
  sourceId: '',
  sampleId: '',
  clueNoticeId: '',
  operationId: '',
  inspectionId: '',
  measureId: '',
  caseId: '',
  transferId: '',
};

/** Plays the case the product was made for through the HTTP API; answers how many statements did not hold. */
export async function playStory(where: {
  address: string;
  clock: StoryClock;
  filled: Filled;
  out: string;
}): Promise<number> {
  const stage = makeStage(where.address, where.clock, where.filled);
  const plot: Plot = { ...NOTHING_YET, approvals: {}, documents: {} };
  for (const { title, play } of SCENES) {
    console.log(`\n${title}`);
    try {
      await play(stage, plot, where.out);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      return Math.max(stage.failed(), 1);
    }
  }
  return stage.failed();
}
