import fc from 'fast-check';
import t from 'tap';
import {
  CLUE_NOTICE_FLOW,
  type Enclosed,
  isOpenTransfer,
  ITEMS,
  type ReportFacts,
  requireAllEnclosures,
  requireApproved,
  requireLetter,
  requireNotCopied,
  requireNotSubmitted,
  requireReasons,
  TRANSFER_FLOW,
} from '../../src/modules/referrals/rules.ts';
import { ClueNoticeState, TransferState } from '../../src/modules/referrals/schemas.ts';
import { AppError } from '../../src/shared/errors.ts';
import { isFinal } from '../../src/shared/workflow.ts';

const refusal = (rule: () => unknown): AppError | null => {
  try {
    rule();
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error;
  }
};

const paper = (item: number): Enclosed => ({
  item,
  title: `第${item}项`,
  documentKind: null,
  isVoid: false,
  sha256: 'a'.repeat(64),
  report: null,
});

t.test('the flows know every state', async (t) => {
  t.same(Object.keys(CLUE_NOTICE_FLOW).toSorted(), ClueNoticeState.options.toSorted());
  t.same(Object.keys(TRANSFER_FLOW).toSorted(), TransferState.options.toSorted());
  t.same(
    TransferState.options.filter((state) => isFinal(TRANSFER_FLOW, state)),
    ['refused', 'declined', 'returned'],
  );
});

t.test('all five attachments, valid and drawn', async (t) => {
  const all = ITEMS.map(paper);
  t.equal(
    refusal(() => requireAllEnclosures(all)),
    null,
  );
  t.equal(
    refusal(() => requireAllEnclosures([...all, paper(4)])),
    null,
    'two test reports',
  );
  const missing = refusal(() => requireAllEnclosures([paper(1), paper(3)]));
  t.match(missing, { status: 422, code: 'transfer.enclosures_missing', params: { article: /第六条/ } });
  t.same(missing?.params.items, [2, 4, 5]);
  t.match(
    refusal(() => requireAllEnclosures([...all.slice(1), { ...paper(1), isVoid: true }])),
    {
      status: 409,
      code: 'transfer.enclosure_void',
    },
  );
  t.match(
    refusal(() => requireAllEnclosures([...all.slice(1), { ...paper(1), sha256: null }])),
    {
      status: 409,
      code: 'transfer.enclosure_not_issued',
    },
  );
});

t.test(
  'whatever is enclosed: it passes exactly when each of the five is there and each paper is good',
  async () => {
    const report = fc.record({
      number: fc.string(),
      isSuperseded: fc.boolean(),
      shortcomings: fc.array(fc.constant({ code: 'sample.seal_broken', article: '某条' }), { maxLength: 2 }),
    });
    const isFit = (one: ReportFacts | null): boolean =>
      one === null || (!one.isSuperseded && one.shortcomings.length === 0);
    const one = fc.record({
      item: fc.integer({ min: 1, max: 5 }),
      title: fc.string(),
      documentKind: fc.constant(null),
      isVoid: fc.boolean(),
      sha256: fc.option(fc.constant('b'.repeat(64)), { nil: null }),
      report: fc.option(report, { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (enclosed) => {
        const whole = ITEMS.every((item) => enclosed.some((each) => each.item === item));
        const good = enclosed.every(
          (each) => !each.isVoid && each.sha256 !== null && (each.item !== 4 || isFit(each.report)),
        );
        if ((refusal(() => requireAllEnclosures(enclosed)) === null) !== (whole && good))
          throw new Error('wrong');
      }),
    );
  },
);

t.test('item 1 is the letter of this very transfer', async (t) => {
  const letter = { kind: 'crime-transfer', subjectId: 'this' };
  t.equal(
    refusal(() => requireLetter(1, letter, 'this')),
    null,
  );
  t.equal(
    refusal(() => requireLetter(3, null, 'this')),
    null,
  );
  for (const wrong of [null, { ...letter, subjectId: 'other' }, { ...letter, kind: 'item-list' }]) {
    t.match(
      refusal(() => requireLetter(1, wrong, 'this')),
      { code: 'transfer.letter_expected' },
    );
  }
});

t.test('the police say why they do not file', async (t) => {
  t.equal(
    refusal(() => requireReasons({ decision: 'filed' })),
    null,
  );
  t.equal(
    refusal(() => requireReasons({ decision: 'declined', note: '没有犯罪事实' })),
    null,
  );
  t.match(
    refusal(() => requireReasons({ decision: 'declined' })),
    { status: 422, code: 'transfer.reasons_missing' },
  );
});

t.test('a clue notice leaves with the head’s approval and is asked for once', async (t) => {
  t.equal(
    refusal(() => requireApproved({ state: 'approved' })),
    null,
  );
  for (const approval of [null, { state: 'proposed' }, { state: 'refused' }, { state: 'withdrawn' }]) {
    t.match(
      refusal(() => requireApproved(approval)),
      { code: 'clue_notice.not_approved' },
    );
  }
  for (const approval of [null, { state: 'refused' }, { state: 'withdrawn' }]) {
    t.equal(
      refusal(() => requireNotSubmitted(approval)),
      null,
    );
  }
  for (const state of ['proposed', 'approved']) {
    t.match(
      refusal(() => requireNotSubmitted({ state })),
      { code: 'clue_notice.already_submitted' },
    );
  }
});

t.test('K10: from the proposal until the police give it back or decline, the transfer is open', async (t) => {
  t.same(
    TransferState.options.filter((state) => !isOpenTransfer(state)),
    ['refused', 'declined', 'returned'],
  );
});

t.test('the copy to the procuratorate is recorded once', async (t) => {
  t.equal(
    refusal(() => requireNotCopied({ procuratorateCopiedAt: null })),
    null,
  );
  t.match(
    refusal(() => requireNotCopied({ procuratorateCopiedAt: new Date(0) })),
    { code: 'transfer.copied_already' },
  );
});
