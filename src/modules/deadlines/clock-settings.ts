import type { Kysely } from 'kysely';
import type { DB } from '../../db/schema.ts';

/** When a bureau wants to be told of its clocks. */
export type ClockSettings = {
  /** How many natural days before the day aimed at its people are reminded. */
  reminders: readonly number[];
  /** How many natural days after the last day the head is told. */
  escalations: readonly number[];
};

const DEFAULTS: ClockSettings = { reminders: [0, 1, 3, 7], escalations: [0, 7] };

/** A bureau's own distances where its settings name them (`clockReminders`, `clockEscalations`), else ours. */
export function settingsOf(settings: unknown): ClockSettings {
  const own = (settings ?? {}) as { clockReminders?: number[]; clockEscalations?: number[] };
  return {
    reminders: own.clockReminders ?? DEFAULTS.reminders,
    escalations: own.clockEscalations ?? DEFAULTS.escalations,
  };
}

/** The bureaus with what they have set. */
export async function bureauSettings(
  db: Kysely<DB>,
): Promise<{ bureauId: string; settings: ClockSettings }[]> {
  const rows = await db.selectFrom('bureaus').select(['id', 'settings']).orderBy('id').execute();
  return rows.map(({ id, settings }) => ({ bureauId: id, settings: settingsOf(settings) }));
}
