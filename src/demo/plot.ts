import type { Stage } from './narrator.ts';

/** What the scenes hand on to those after them: the ids of the story's things. */
export type Plot = {
  tipId: string;
  sourceId: string;
  sampleId: string;
  clueNoticeId: string;
  operationId: string;
  inspectionId: string;
  measureId: string;
  caseId: string;
  transferId: string;
  approvals: Record<string, string>;
  documents: Record<string, string>;
};

/** The story's people and places, all made up: `npm run demo` shows nobody who exists. */
export const CAST = {
  reporter: {
    name: '举报人甲',
    phone: '13800000001',
    address: '四川省成都市新都区演示路9号',
    idType: 'resident_id',
    idNumber: '510114190102030010',
  },
  seller: {
    kind: 'company',
    name: '成都川野牧香食品有限公司（演示）',
    certificateName: '营业执照',
    uscc: '91510114MA6DEM0068',
    foodLicence: 'JY15101140000018',
    representative: '演示人乙',
    address: '四川省成都市新都区大丰街道演示大道100号',
    phone: '02800000001',
  },
  workshop: {
    kind: 'person',
    name: '演示人丙',
    idNumber: '510114190001019015',
    idType: 'resident_id',
    address: '四川省成都市新都区新繁街道演示村3组18号',
    phone: '13800000002',
  },
  police: '成都市公安局新都区分局',
  procuratorate: '成都市新都区人民检察院',
  site: '四川省成都市新都区新繁街道演示村3组18号（三层民房）',
} as const;

type Waiting = { items: { id: string; matter: string }[] };

/**
 * The decision on what waits for `subject`: the ledger is asked for it as the person would find it in the list, and
 * decided at `at`. Answers the approval's id.
 */
export async function decide(
  stage: Stage,
  subject: { kind: string; id: string },
  {
    at,
    who,
    opinion,
    unit,
  }: { at: string; who: string; opinion: string; unit?: { at: string; opinion: string } },
): Promise<string> {
  const query = `/api/approvals?state=proposed&subjectKind=${subject.kind}&subjectId=${subject.id}`;
  const waiting = await stage.act<Waiting>(
    { at: unit?.at ?? at, who, what: '查看待审批事项 looks at what waits' },
    (me) => me.get(query),
  );
  const { id, matter } = waiting.items[0]!;
  if (unit) {
    await stage.act(
      { at: unit.at, who: 'unit_head', what: `办案机构负责人意见 unit head's opinion（${matter}）` },
      (me) => me.post(`/api/approvals/${id}/opine`, { opinion: unit.opinion }),
    );
  }
  await stage.act({ at, who, what: `审批同意 approves（${matter}）` }, (me) =>
    me.post(`/api/approvals/${id}/decide`, { decision: 'approved', opinion }),
  );
  return id;
}

type ClockRow = {
  rule: string;
  ruleTitle: string;
  state: string;
  rawOn: string | null;
  rawAt: string | null;
  targetOn: string | null;
};

/** One line a clock, as the screens would show it. */
export function tellClocks(stage: Stage, clocks: ClockRow[]): void {
  stage.clocks(
    clocks.map(({ rule, ruleTitle, rawOn, rawAt, targetOn, state }) => ({
      rule,
      title: ruleTitle,
      due: `${rawAt ?? rawOn ?? '—'}${targetOn && targetOn !== rawOn ? `（宜于 target ${targetOn}）` : ''} ${state}`,
    })),
  );
}

/** The clock of `rule` among those of a view. */
export const clockOf = (clocks: ClockRow[], rule: string): ClockRow | undefined =>
  clocks.find((clock) => clock.rule === rule);

export type { ClockRow };
