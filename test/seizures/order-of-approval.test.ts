import t from 'tap';
import { type TestApp, testApp } from '../app.ts';
import { decide, must } from '../given/cases.ts';
import { approvedMeasure, EXECUTION, linesOf, measureOf, proposedMeasure, scene } from '../given/seizures.ts';

const APPROVED_AT = '2024-03-07T10:40:00+08:00';
const LATER = '2024-03-07T11:00:00+08:00';

type Wanted = 'proposed' | 'approved' | 'refused' | 'urgent' | 'urgent, carried out';

/** A measure in that state; a head who decided did so at `APPROVED_AT`, and now it is `LATER`. */
async function given(app: TestApp, wanted: Wanted): Promise<string> {
  const site = await scene(app);
  const items = linesOf(site.items, [0]);
  const isUrgent = wanted.startsWith('urgent');
  app.setNow(APPROVED_AT);
  const { id, approvalId } =
    wanted === 'approved'
      ? await approvedMeasure(app, site, { items })
      : await proposedMeasure(app, site, { items, isUrgent });
  if (wanted === 'refused') await decide(app, approvalId!, { decision: 'refused' });
  app.setNow(LATER);
  const officer = await app.as('case_officer');
  if (wanted === 'urgent, carried out') {
    await must(officer.post(`/api/measures/${id}/execute-urgent`, { ...EXECUTION, executedAt: APPROVED_AT }));
  }
  return id;
}

const K17 = { gate: 'K17', article: /《行政强制法》第十八条第一项/ };
const refused = (status: number, code: string, more: object = K17) => ({ status, body: { code, ...more } });
const done = { status: 200, body: { state: 'in_force' } };

// Every state, by each way, dated before, at and after the head's decision.
const EARLY = '2024-03-07T10:39:59+08:00';
const TABLE: [Wanted, 'execute' | 'execute-urgent', string, object][] = [
  ...[EARLY, APPROVED_AT, LATER].flatMap((at): typeof TABLE => [
    ['proposed', 'execute', at, refused(409, 'measure.not_approved')],
    ['proposed', 'execute-urgent', at, refused(409, 'measure.not_urgent')],
    ['approved', 'execute-urgent', at, refused(409, 'workflow.action_not_allowed', {})],
    ['refused', 'execute', at, refused(409, 'workflow.action_not_allowed', {})],
    ['refused', 'execute-urgent', at, refused(409, 'workflow.action_not_allowed', {})],
    ['urgent', 'execute', at, refused(409, 'measure.is_urgent')],
    ['urgent', 'execute-urgent', at, done],
    ['urgent, carried out', 'execute', at, refused(409, 'workflow.action_not_allowed', {})],
    ['urgent, carried out', 'execute-urgent', at, refused(409, 'workflow.action_not_allowed', {})],
  ]),
  ['approved', 'execute', EARLY, refused(422, 'measure.before_approval')],
  ['approved', 'execute', APPROVED_AT, done],
  ['approved', 'execute', LATER, done],
];

t.test(
  'nothing is carried out before its approval, and only what is urgent is asked for afterwards',
  async (t) => {
    const app = await testApp(t);
    for (const [state, way, executedAt, expected] of TABLE) {
      const id = await given(app, state);
      const officer = await app.as('case_officer');
      const answer = await officer.post(`/api/measures/${id}/${way}`, { ...EXECUTION, executedAt });
      t.match(answer, expected, `${state}: ${way} dated ${executedAt}`);
    }
  },
);

t.test('an urgent one is asked for within 24 hours of the act, whenever it was entered', async (t) => {
  const app = await testApp(t);
  for (const [decidedAt, isLate] of [
    ['2024-03-08T10:40:00+08:00', false],
    ['2024-03-08T10:40:01+08:00', true],
  ] as const) {
    const id = await given(app, 'urgent, carried out');
    const { approvals, approvalId } = await measureOf(app, id);
    t.match(approvals, [{ afterTheFact: true, dueAt: '2024-03-08T10:40:00+08:00' }]);
    app.setNow(decidedAt);
    await decide(app, approvalId!);
    const { state, alarms } = await measureOf(app, id);
    t.equal(state, 'in_force');
    t.equal(
      alarms.some(({ code }) => code === 'measure.approval_overdue'),
      isLate,
      decidedAt,
    );
  }
});
