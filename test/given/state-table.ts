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
};

/** A thing with a flow, and how it is brought into any state. */
export type StateTable = {
  app: TestApp;
  /** e.g. `/api/cases/<id>` */
  thing: string;
  states: readonly string[];
  roles: readonly string[];
  /** Roles that do not even read it. */
  blind: readonly string[];
  rows: readonly TableRow[];
  reset: (state: string) => Promise<void>;
};

type Shown = { allowedActions: { action: string; allowed: boolean }[] };

/** What the server answers: the permission first, then the state. */
const expected = (may: boolean, isOpen: boolean): number => (!may ? 403 : isOpen ? 200 : 409);

/** Tries every action in every state as every role, and holds what the screen is told against what the server does. */
export async function tryTable(t: Test, table: StateTable): Promise<void> {
  for (const state of table.states) {
    await table.reset(state);
    for (const role of table.roles) await tryAs(t, table, state, role);
  }
}

async function tryAs(t: Test, { app, thing, blind, rows, reset }: StateTable, state: string, role: string) {
  const client = await app.as(role);
  const isBlind = blind.includes(role);
  const shown = await client.get<Shown>(thing);
  t.equal(shown.status, isBlind ? 403 : 200, `${state} ${role} reads`);
  for (const { action, path, open, who, body } of rows) {
    const [isOpen, may] = [open.includes(state), who.includes(role)];
    if (!isBlind) {
      const told = shown.body.allowedActions.find((one) => one.action === action)?.allowed;
      t.equal(told, isOpen && may, `${state} ${action} ${role}: what the screen is told`);
    }
    const { status } = await client.post(`${thing}/${path}`, body);
    t.equal(status, expected(may, isOpen), `${state} ${action} ${role}: what the server does`);
    if (status === 200) await reset(state);
  }
}
