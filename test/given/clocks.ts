import type { Test } from 'tap';
import { inTx, type TxCtx } from '../../src/context.ts';
import type { Client } from '../../src/demo/client.ts';
import { clocksOf, startClock } from '../../src/modules/deadlines/index.ts';
import type { ClockDetail, ClockView } from '../../src/modules/deadlines/schemas.ts';
import { recordService } from '../../src/modules/services/index.ts';
import { dayOf } from '../../src/shared/clock.ts';
import { AppError } from '../../src/shared/errors.ts';
import { uuidV7 } from '../../src/shared/ids.ts';
import { testApp, type TestApp } from '../app.ts';

export type Thing = { kind: string; id: string };

let made = 0;

/** An id nobody has used. */
export const freshId = (): string => uuidV7(1_700_000_000_000 + (made += 1));

/** A thing that is nothing but the subject of clocks. */
export const thing = (kind: string): Thing => ({ kind, id: freshId() });

/** The refusal of what must be refused. */
export async function refused(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

/** A bureau with clocks: what its tests keep doing. */
export type ClockWorld = {
  app: TestApp;
  bureauId: string;
  officer: Client;
  run: <T>(work: (tx: TxCtx) => Promise<T>) => Promise<T>;
  start: (rule: string, subject: Thing, on: string, at?: Date) => Promise<ClockView | null>;
  /** The one clock of a thing. */
  only: (subject: Thing) => Promise<ClockView>;
  detail: (id: string) => Promise<ClockDetail>;
  /** A head's decision on a thing, made at that instant. */
  approval: (subject: Thing, at?: string) => Promise<string>;
  /** An issued paper about a thing, with what stands in it. */
  paper: (kind: string, subject: Thing, data?: object) => Promise<string>;
  /** Puts a paper into its party's hands today. */
  serve: (documentId: string, subject: Thing) => Promise<void>;
};

const SHA256 = '0'.repeat(64);

export async function clockWorld(t: Test): Promise<ClockWorld> {
  const app = await testApp(t);
  const { bureauId, users } = app.filled;
  const officer = await app.as('case_officer');
  const run: ClockWorld['run'] = (work) => inTx(app.ctx(), work);
  await app.owner
    .insertInto('files')
    .values({ sha256: SHA256, size: 1, createdAt: app.deps.now() })
    .execute();
  return {
    app,
    bureauId,
    officer,
    run,
    start: (rule, subject, on, at) =>
      run((tx) => startClock(tx, { rule, subject, on, bureauId, ...(at ? { at } : {}) })),
    only: async (subject) => {
      const clocks = await clocksOf(app.deps.db, [subject], app.deps.now());
      t.equal(clocks.length, 1, 'one clock');
      return clocks[0]!;
    },
    detail: async (id) => (await officer.get<ClockDetail>(`/api/clocks/${id}`)).body,
    approval: async (subject, at) => {
      const id = freshId();
      const decidedAt = at ? new Date(at) : app.deps.now();
      const asked = {
        matter: 'test.extend',
        title: '延长期限',
        grounds: '案情复杂',
        decides: 'head' as const,
      };
      const decided = { state: 'approved' as const, decidedBy: users['bureau_head']!.id, decidedAt };
      await app.owner
        .insertInto('approvals')
        .values({
          id,
          bureauId,
          subjectKind: subject.kind,
          subjectId: subject.id,
          proposedBy: [users['case_officer']!.id],
          proposedAt: decidedAt,
          createdAt: decidedAt,
          ...asked,
          ...decided,
        })
        .execute();
      return id;
    },
    paper: async (kind, subject, data = {}) => {
      const id = freshId();
      const about = { subjectKind: subject.kind, subjectId: subject.id };
      const row = { id, bureauId, kind, ...about, templateVersion: 1, state: 'issued' as const };
      const entered = {
        data: JSON.stringify(data),
        contentHash: SHA256,
        sha256: SHA256,
        createdBy: 'test',
        createdAt: app.deps.now(),
      };
      await app.owner
        .insertInto('documents')
        .values({ ...row, ...entered })
        .execute();
      return id;
    },
    serve: async (documentId, subject) => {
      const on = dayOf(app.deps.now());
      const ctx = app.ctx();
      const actor = { ...ctx.actor, bureauId };
      const how = {
        way: 'direct' as const,
        servedOn: on,
        place: '当事人住所',
        receiver: '张三',
        isFilmed: false,
      };
      const body = {
        ...how,
        documentId,
        receiverRole: 'party' as const,
        serverIds: [users['case_officer']!.id],
        proof: '送达回证',
      };
      const what = { subject, paperTitle: '期间告知书', recipient: '当事人', madeOn: on };
      await inTx({ ...ctx, actor }, (tx) => recordService(tx, what, body));
    },
  };
}
