import t from 'tap';
import type { SourceView } from '../../src/modules/sources/schemas.ts';
import type { TipView } from '../../src/modules/tips/schemas.ts';
import { testApp } from '../app.ts';
import { givenTip, type Problem, REPORT } from './given.ts';

t.test('a report with new facts restarts the limit of the first; a pure repeat does not (C07)', async (t) => {
  const app = await testApp(t);
  const intake = await app.as('intake_officer');
  const report = async (day: string): Promise<TipView> => {
    app.setNow(`${day}T10:00:00+08:00`);
    return givenTip(intake, REPORT);
  };
  const post = (id: string, path: string, body: unknown) =>
    intake.post<TipView & Problem>(`/api/tips/${id}/${path}`, body);
  const link = (later: TipView, number: string, relation: string) =>
    post(later.id, 'link', { number, relation });
  const clocks = async (id: string) => (await intake.get<SourceView>(`/api/sources/${id}`)).body.clocks;

  const first = await report('2026-05-11');
  const source = (await post(first.id, 'open-source', { content: '牛肉干不像牛肉。' })).body.sources[0]!;
  await link(await report('2026-05-13'), first.number, 'repeat');
  t.match(await clocks(source.id), [{ rule: 'R01', state: 'running', triggeredOn: '2026-05-11' }]);
  const later = await report('2026-05-14');
  t.match((await link(later, first.number, 'new_facts')).body.links, [{ relation: 'new_facts' }]);
  const after = await clocks(source.id);
  t.same(
    after.filter(({ state }) => state === 'running').map(({ triggeredOn }) => triggeredOn),
    ['2026-05-14'],
  );
  t.match((await intake.get<TipView>(`/api/tips/${first.id}`)).body.links, [
    { relation: 'repeated_by' },
    { relation: 'supplemented_by' },
  ]);

  const unopened = await report('2026-05-15');
  await link(await report('2026-05-18'), unopened.number, 'new_facts');
  const opened = (await post(unopened.id, 'open-source', { content: '又一件。' })).body.sources[0]!;
  const running = (await clocks(opened.id)).filter(({ state }) => state === 'running');
  t.match(
    running,
    [{ rule: 'R01', triggeredOn: '2026-05-18' }],
    'also where its source is opened afterwards',
  );

  const nobody = await givenTip(intake, { ...REPORT, reporter: undefined });
  t.match(await link(nobody, first.number, 'new_facts'), {
    status: 409,
    body: { code: 'tip.new_facts_not_reports', article: /第三十五条第二款/ },
  });
  const old = await report('2026-04-14');
  t.match(await link(old, first.number, 'new_facts'), {
    status: 422,
    body: { code: 'tip.new_facts_before_order' },
  });
});
