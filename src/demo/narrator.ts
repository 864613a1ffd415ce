import type { Answer, Client } from './client.ts';
import { makeClient } from './client.ts';
import type { StoryClock } from './clock.ts';
import type { Filled } from './fill.ts';

/** What a clock of the law says in one line. */
export type ClockLine = { rule: string; title: string; due: string };

/** One step of the story: when, who (a key of the filled users), what. */
export type Step = { at: string; who: string; what: string };

/** What the scenes work with: they act as people and leave ids for the scenes after them. */
export type Stage = {
  filled: Filled;
  /** The user's id behind a role. */
  id(role: string): string;
  /** Sets the clock, acts as that person, prints the line; throws where the answer is not a success. */
  act<T>(step: Step, work: (client: Client) => Promise<Answer<T>>): Promise<T>;
  /** Prints a legal clock that a step started, moved or met. */
  clocks(lines: ClockLine[]): void;
  /** Prints a remark under the last step. */
  note(text: string): void;
  /** Holds a statement of the story against the product's answer. */
  holds(what: string, is: unknown, shouldBe: unknown): void;
  failed(): number;
};

/** Thrown where a step is refused that the story needs: what follows cannot be played. */
export class StoryStopped extends Error {}

/** A stage on the server at `address`. */
export function makeStage(address: string, clock: StoryClock, filled: Filled): Stage {
  const clients = new Map<string, Client>();
  let steps = 0;
  let failures = 0;
  const clientOf = async (who: string): Promise<Client> => {
    const known = clients.get(who);
    if (known) return known;
    const client = await makeClient(address).logIn(filled.users[who]!.login, filled.password);
    clients.set(who, client);
    return client;
  };
  return {
    filled,
    id: (role) => filled.users[role]!.id,
    act: async ({ at, who, what }, work) => {
      clock.set(at);
      steps += 1;
      const { status, body } = await work(await clientOf(who));
      const name = filled.users[who]!.name;
      console.log(
        `${String(steps).padStart(2)}. ${at.slice(0, 16).replace('T', ' ')}  ${name} (${who})  ${what}${numberOf(body)}`,
      );
      if (status >= 200 && status < 300) return body;
      failures += 1;
      console.log(`    ✗ ${status} ${JSON.stringify(body)}`);
      throw new StoryStopped(what);
    },
    clocks: (lines) => {
      for (const { rule, title, due } of lines) console.log(`    ⏱ ${rule} ${title} → ${due}`);
    },
    note: (text) => console.log(`    ${text}`),
    holds: (what, is, shouldBe) => {
      const same = JSON.stringify(is) === JSON.stringify(shouldBe);
      if (!same) failures += 1;
      console.log(same ? `    ✓ ${what}: ${show(is)}` : `    ✗ ${what}: ${show(is)} ≠ ${show(shouldBe)}`);
    },
    failed: () => failures,
  };
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The number a step gave its thing, if the answer carries one. */
function numberOf(body: unknown): string {
  const { number } = (body ?? {}) as { number?: unknown };
  return typeof number === 'string' ? `  〔${number}〕` : '';
}
