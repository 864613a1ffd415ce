import * as fc from 'fast-check';
import t from 'tap';
import { CaseState } from '../../src/modules/cases/schemas.ts';
import { bind, keepUntil, type Line } from '../../src/modules/archives/rules.ts';
import { testApp } from '../app.ts';
import { filedCase, must, strangerOf } from '../given/cases.ts';
import { closedCase } from '../given/payments.ts';
import { tryTable } from '../given/state-table.ts';

type Item = { no: number; section: number; title: string; fromPage: number; toPage: number };
type File = {
  isBound: boolean;
  keepUntil: string | null;
  volumes: { volume: 'main' | 'secondary'; pages: number; items: Item[] }[];
};

/** What the proposal says, as it is sent back. */
const itemsOf = ({ volumes }: File) =>
  volumes.flatMap(({ volume, items }) =>
    items.map(({ section, title, fromPage, toPage }) => ({
      volume,
      section,
      title,
      pages: toPage - fromPage + 1,
    })),
  );

const BODY = { retention: 'years_30', archiveNumber: '2024-XZCF-0001', filedBy: '林晓峰', checkedBy: '韩雪' };

t.test('a closed case is bound in the order of CXGD 78, paged, and kept for thirty years', async (t) => {
  const app = await testApp(t);
  const clerk = await app.as('archive_clerk');
  const { id } = await closedCase(app);
  const path = `/api/cases/${id}`;
  const proposed = await must<File>(clerk.get(`${path}/file`));
  t.notOk(proposed.isBound);
  t.same(
    proposed.volumes.map(({ items }) => items.map(({ no, section, title }) => `${no} ${section} ${title}`)),
    [
      [
        '1 1 立案审批表',
        '2 2 行政处罚决定书',
        '3 2 送达回证：行政处罚决定书',
        '4 3 行政处罚告知书',
        '5 3 送达回证：行政处罚告知书',
        '6 6 罚没款票据',
        '7 7 放弃陈述、申辩、听证声明',
      ],
      [
        '1 1 案件来源登记表',
        '2 2 案件调查终结报告',
        '3 3 案件审核意见',
        '4 5 结案审批表',
        '5 6 行政处理决定审批表',
      ],
    ],
  );
  const items = itemsOf(proposed);
  t.match(await clerk.post(`${path}/archive`, { ...BODY, items: items.slice(2) }), {
    status: 422,
    body: { code: 'archive.incomplete', errors: [{ code: 'archive.no_filing_form' }] },
  });
  const wrong = { volume: 'secondary', section: 7, title: '封底', pages: 1 };
  t.match(await clerk.post(`${path}/archive`, { ...BODY, items: [...items, wrong] }), {
    status: 422,
    body: { errors: [{ field: `items.${items.length}.section`, code: 'archive.no_such_section' }] },
  });
  // What comes last is bound where it belongs, and what follows it moves on.
  const record = { volume: 'main', section: 4, title: '现场笔录', pages: 3 };
  const bound = await must<File>(clerk.post(`${path}/archive`, { ...BODY, items: [...items, record] }));
  t.match(bound, { isBound: true, keepUntil: '2054-12-31', volumes: [{ pages: 10 }, { pages: 5 }] });
  t.match(bound.volumes[0]!.items[5], { no: 6, title: '现场笔录', fromPage: 6, toPage: 8 });
  t.match(bound.volumes[0]!.items[6], { no: 7, title: '罚没款票据', fromPage: 9, toPage: 9 });
  t.match(await must(clerk.get(path)), {
    state: 'archived',
    procedure: { archiveNumber: BODY.archiveNumber },
  });
  t.equal((await clerk.post(`${path}/archive`, { ...BODY, items })).status, 409, 'once');
  const stranger = await strangerOf(app, ['archive_clerk']);
  t.equal((await stranger.get(`${path}/file`)).status, 404, 'another bureau');
});

t.test('pages follow one another without a gap, each volume by itself, section by section', async (t) => {
  const line = fc.record({
    volume: fc.constantFrom('main' as const, 'secondary' as const),
    section: fc.integer({ min: 1, max: 7 }),
    title: fc.constant('材料'),
    number: fc.constant(null),
    madeOn: fc.constant(null),
    pages: fc.integer({ min: 1, max: 500 }),
  });
  const holds = (lines: Line[]): boolean =>
    (['main', 'secondary'] as const).every((volume) => {
      const own = bind(lines).filter((one) => one.volume === volume);
      const total = lines.filter((one) => one.volume === volume).reduce((sum, { pages }) => sum + pages, 0);
      const isWhole = own.every(
        (one, i) =>
          one.no === i + 1 &&
          one.fromPage === (own[i - 1]?.toPage ?? 0) + 1 &&
          one.section >= (own[i - 1]?.section ?? 1),
      );
      return isWhole && (own.at(-1)?.toPage ?? 0) === total;
    });
  t.doesNotThrow(() => fc.assert(fc.property(fc.array(line, { maxLength: 40 }), holds)));
});

t.test('how long it is kept', async (t) => {
  t.equal(keepUntil('permanent', '2026-07-01'), null);
  t.equal(keepUntil('years_30', '2026-01-01'), '2056-12-31');
  t.equal(keepUntil('years_10', '2026-12-31'), '2036-12-31');
});

t.test('archive: every state × every role', async (t) => {
  const app = await testApp(t);
  const { id } = await filedCase(app);
  const line = (volume: string, section: number) => ({ volume, section, title: '材料', pages: 1 });
  const items = [line('main', 1), line('main', 2), line('secondary', 5)];
  const roles = ['intake_officer', 'case_officer', 'unit_head', 'archive_clerk', 'bureau_head', 'auditor'];
  await tryTable(t, {
    app,
    thing: `/api/cases/${id}`,
    states: CaseState.options,
    roles: [...roles, 'administrator'],
    blind: ['administrator'],
    rows: [
      {
        action: 'archive',
        path: 'archive',
        open: ['closed'],
        who: ['case_officer', 'unit_head', 'archive_clerk'],
        body: { ...BODY, items },
      },
    ],
    reset: async (state) => {
      const set = { state: CaseState.parse(state), archivedOn: null };
      await app.owner.updateTable('cases').set(set).where('id', '=', id).execute();
    },
  });
});
