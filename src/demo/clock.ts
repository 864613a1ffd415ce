import type { Clock } from '../deps.ts';

/** The one clock as the story needs it: it stands where it was set, and runs on from there at the end. */
export type StoryClock = Clock & { set(instant: string): void; run(): void };

/** A clock that stands at `start` (an instant with offset) until it is set or let run. */
export function storyClock(start: string): StoryClock {
  let stands = new Date(start).getTime();
  let runsSince: number | null = null;
  return {
    now: () => new Date(runsSince === null ? stands : stands + (performance.now() - runsSince)),
    set: (instant) => {
      stands = new Date(instant).getTime();
    },
    run: () => {
      runsSince = performance.now();
    },
  };
}
