import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { playStory } from '../../src/demo/story.ts';
import type { TestApp } from '../app.ts';
import type { Desk } from './desk.ts';

/** Plays the story on the test's own server, quietly. */
export async function play(t: Test, app: TestApp): Promise<number> {
  const out = await mkdtemp(join(tmpdir(), 'shian-story-'));
  t.teardown(() => rm(out, { recursive: true, force: true }));
  const told = t.capture(console, 'log', () => undefined);
  const clock = { now: () => app.deps.now(), set: app.setNow, run: () => undefined };
  const failed = await playStory({ address: app.url, clock, filled: app.filled, out });
  told.restore();
  return failed;
}

/** A page of the tour and what its heading says. */
export type Visit = { path: string; heading: RegExp };

/** The pages of an officer, with the story's data in them. */
export const OFFICER: Visit[] = [
  { path: '/', heading: /工作台|Workbench/ },
  { path: '/tips', heading: /投诉举报|Tips/ },
  { path: '/tips/:first', heading: /JB2024/ },
  { path: '/sources', heading: /案源|sources/ },
  { path: '/sources/:first', heading: /案源/ },
  { path: '/parties', heading: /当事人|Parties/ },
  { path: '/parties/:first', heading: /./ },
  { path: '/cases', heading: /案件|Cases/ },
  { path: '/cases/:first', heading: /./ },
  { path: '/referrals', heading: /移送|Referrals/ },
  { path: '/referrals?tab=clues', heading: /移送|Referrals/ },
  { path: '/clue-notices/:first', heading: /线索通报|Clue notice/ },
  { path: '/transfers/:first', heading: /./ },
  { path: '/inspections', heading: /检查|Inspections/ },
  { path: '/inspections/:first', heading: /./ },
  { path: '/operations', heading: /联合行动|operations/ },
  { path: '/operations/:first', heading: /./ },
  { path: '/goods', heading: /涉案财物|Goods/ },
  { path: '/goods/:first', heading: /./ },
  { path: '/samples', heading: /样品|Samples/ },
  { path: '/samples/:first', heading: /牛肉干/ },
  { path: '/measures', heading: /查封扣押|Seizures/ },
  { path: '/measures/:first', heading: /./ },
  { path: '/approvals', heading: /审批|Approvals/ },
  { path: '/approvals/:first', heading: /./ },
  { path: '/documents', heading: /文书|Documents/ },
  { path: '/documents/:first', heading: /./ },
  { path: '/laboratories', heading: /检验机构|Laboratories/ },
  { path: '/grid', heading: /网格|Grid/ },
  { path: '/search?q=牛肉', heading: /牛肉/ },
  { path: '/me/password', heading: /修改密码|password/ },
];

/** The pages of an administrator. */
export const ADMINISTRATOR: Visit[] = ['users', 'units', 'roles', 'bureau', 'calendar', 'keys']
  .map((tab) => ({ path: `/settings/${tab}`, heading: /设置|Settings/ }))
  .concat({ path: '/audit', heading: /审计|Audit/ });

async function addressOf(app: TestApp, role: string, path: string): Promise<string> {
  const list = /^\/([\w-]+)\/:first/.exec(path)?.[1];
  if (!list) return path;
  const { body } = await (await app.as(role)).get<{ items: { id: string }[] }>(`/api/${list}`);
  return path.replace(':first', body.items[0]!.id);
}

/** Opens each page, waits until it has its content, and looks at it. */
export async function visitAll(
  t: Test,
  app: TestApp,
  { desk, role, visits, checks }: { desk: Desk; role: string; visits: Visit[]; checks: boolean },
): Promise<void> {
  for (const { path, heading } of visits) {
    // As a link does it: the house stays, the page changes.
    await desk.page.evaluate(
      `history.pushState(null, '', ${JSON.stringify(await addressOf(app, role, path))}); dispatchEvent(new PopStateEvent('popstate'))`,
    );
    await desk.page.getByRole('heading', { level: 1, name: heading }).first().waitFor();
    await desk.page
      .locator('.ant-skeleton-active, .ant-spin-spinning')
      .first()
      .waitFor({ state: 'detached' });
    const wide = await desk.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    t.ok(wide <= 1, `${path} is not wider than the screen (${wide} px)`);
    await desk.look(`${path.replaceAll(/[^\w]+/g, '-').replaceAll(/^-|-$/g, '') || 'workbench'}-${role}`);
    if (checks) await desk.checkAxe();
  }
}
