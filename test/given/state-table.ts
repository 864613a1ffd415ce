import type { Test } from 'tap';
import type { TestApp } from '../app.ts';

/** One action: in which states it is open, who may do it, and with what it is tried. */
export type TableRow = {
  action: string;
  /** The last part of its path. */
  path: string;
  open: readonly string[];
  who: readonly string[];
  body: unknown;
  /** What is answered where it succeeds; 200 where left out. */
  done?: 200 | 201;
};

/** A thing with a flow, and how it is brought into any state. */
export type StateTable = {
  app: TestApp;
  /** e.g. `/api/cases/<id>` */
  thing: string;
  /** Where it says what may be done, if not there. */
  view?: string;
  states: readonly string[];
  roles: readonly string[];
  /** Roles that do not even read it. */
  blind: readonly string[];
  rows: readonly TableRow[];
  reset: (state: string) => Promise<void>;
};

type Shown = { allowedActions: { action: string; allowed: boolean }[] };

/** What the server answers: the permission first, then the state. */
const expected = (may: boolean, isOpen: boolean, done: number): number => (!may ? 403 : isOpen ? done : 409);

/** Tries every action in every state as every role, and holds what the screen is told against what the server does. */
export async function tryTable(t: Test, table: StateTable): Promise<void> {
  for (const state of table.states) {
    await table.reset(state);
    for (const role of table.roles) await tryAs(t, table, state, role);
  }
}

async function tryAs(
  t: Test,
  { app, thing, view = thing, blind, rows, reset }: StateTable,
  state: string,
  role: string,
) {
  const client = await app.as(role);
  const isBlind = blind.includes(role);
  const shown = await client.get<Shown>(view);
  t.equal(shown.status, isBlind ? 403 : 200, `${state} ${role} reads`);
  for (const { action, path, open, who, body, done = 200 } of rows) {
    const [isOpen, may] = [open.includes(state), who.includes(role)];
    if (!isBlind) {
      const told = shown.body.allowedActions.find((one) => one.action === action)?.allowed;
      t.equal(told, isOpen && may, `${state} ${action} ${role}: what the screen is told`);
    }
    const { status } = await client.post(`${thing}/${path}`, body);
    t.equal(status, expected(may, isOpen, done), `${state} ${action} ${role}: what the server does`);
    if (status === done) await reset(state);
  }
}
