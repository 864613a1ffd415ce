import type { DomainEvent, TxCtx } from '../../context.ts';
import type {
  CalendarAwaited,
  ClockDueSoon,
  ClockEscalated,
  ClockNote,
  ClockRanOut,
} from '../deadlines/index.ts';
import { peopleWith } from '../identity/index.ts';
import { type Notice, notify, settle } from './notify.ts';
import type { Told } from './schemas.ts';

const topicOf = ({ clockId }: ClockNote): string => `clock:${clockId}`;

/** A measure's time, after which its power is gone: a thing of its own to be told. */
const isOfMeasure = ({ subject, nature }: ClockNote): boolean =>
  subject.kind === 'measure' && nature === 'power';

/** Who hands out what nobody has: the heads of the unit that has it, else whoever dispatches. */
async function handingOut(tx: TxCtx, bureauId: string): Promise<(unitId: string | null) => string[]> {
  const may = await peopleWith(tx.db, bureauId, 'tip.assign');
  const heads = new Set((await peopleWith(tx.db, bureauId, 'approval.opine')).map(({ id }) => id));
  const dispatchers = may.filter(({ id }) => !heads.has(id));
  return (unit) => {
    const near = may.filter(({ unitId }) => unit !== null && unitId === unit);
    const far = dispatchers.length > 0 ? dispatchers : may;
    return (near.length > 0 ? near : far).map(({ id }) => id);
  };
}

/** Who must act on each clock: whoever has its thing, else who hands it out. */
async function actorsOf(
  tx: TxCtx,
  bureauId: string,
  notes: readonly ClockNote[],
): Promise<(note: ClockNote) => readonly string[]> {
  const ids = notes.map(({ clockId }) => clockId);
  const rows = await tx.db
    .selectFrom('clocks')
    .select(['id', 'assignedUserIds', 'assignedUnitId'])
    .where('id', 'in', ids)
    .execute();
  const isHeld = rows.every(({ assignedUserIds }) => assignedUserIds.length > 0);
  const handsOut = isHeld ? () => [] : await handingOut(tx, bureauId);
  const whom = new Map(
    rows.map(({ id, assignedUserIds, assignedUnitId }) => [
      id,
      assignedUserIds.length > 0 ? assignedUserIds : handsOut(assignedUnitId),
    ]),
  );
  return ({ clockId }) => whom.get(clockId) ?? [];
}

/** What is said of a clock, to whom, and which earlier words on it nobody needs any more. */
type Telling<N> = {
  say: (note: N) => Told & { event: string };
  to: (tx: TxCtx, bureauId: string, notes: readonly N[]) => Promise<(note: N) => readonly string[]>;
  insteadOf: readonly Told['kind'][];
};

async function tell<N extends ClockNote>(
  tx: TxCtx,
  clocks: readonly N[],
  { say, to, insteadOf }: Telling<N>,
): Promise<void> {
  if (clocks.length === 0) return;
  await settle(tx, clocks.map(topicOf), insteadOf);
  for (const [bureauId, own] of Map.groupBy(clocks, (note) => note.bureauId)) {
    const whom = await to(tx, bureauId, own);
    const notices = own.map((note): Notice => {
      const { subject } = note;
      return { ...say(note), to: whom(note), subject, topic: topicOf(note) };
    });
    await notify(tx, bureauId, notices);
  }
}

const TO_ACTORS = {
  to: actorsOf,
  insteadOf: ['clock.due_soon', 'clock.overdue', 'measure.expires'],
} as const;

/** The day aimed at comes near. */
export async function onClockDueSoon(tx: TxCtx, event: DomainEvent): Promise<void> {
  const say = (note: ClockDueSoon['clocks'][number]) => {
    const { rule, lastOn, targetOn, daysLeft } = note;
    const told: Told = isOfMeasure(note)
      ? { kind: 'measure.expires', params: { rule, lastOn } }
      : { kind: 'clock.due_soon', params: { rule, targetOn: targetOn! } };
    return { ...told, event: `${targetOn} ${daysLeft}` };
  };
  await tell(tx, (event as ClockDueSoon).clocks, { ...TO_ACTORS, say });
}

/** A duty of the bureau is late, or a measure's time is over. What others have let pass is no duty of anybody here. */
export async function onClockRanOut(tx: TxCtx, event: DomainEvent): Promise<void> {
  const own = (event as ClockRanOut).clocks.filter(
    ({ side, nature }) => side === 'bureau' && nature !== 'period',
  );
  const say = (note: ClockNote) => {
    const { rule, lastOn } = note;
    const kind = isOfMeasure(note) ? ('measure.expired' as const) : ('clock.overdue' as const);
    return { kind, params: { rule, lastOn }, event: lastOn ?? '' };
  };
  await tell(tx, own, { ...TO_ACTORS, say });
}

const heads = async (tx: TxCtx, bureauId: string): Promise<string[]> =>
  (await peopleWith(tx.db, bureauId, 'approval.decide')).map(({ id }) => id);

/** More than these at once nobody reads one by one: after a backlog was entered, or days without the job. */
const MOST_ONE_BY_ONE = 20;

async function tellMany(tx: TxCtx, bureauId: string, clocks: ClockEscalated['clocks']): Promise<void> {
  const subject = { kind: 'bureau', id: bureauId };
  const params = { clocks: clocks.length };
  const about = {
    subject,
    topic: `escalated:${bureauId}`,
    event: `${tx.now.toISOString()} ${clocks[0]!.clockId}`,
  };
  await notify(tx, bureauId, [
    { kind: 'clock.many_escalated', params, to: await heads(tx, bureauId), ...about },
  ]);
}

/** So long past its end that the head must know. */
export async function onClockEscalated(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { clocks } = event as ClockEscalated;
  const say = ({ rule, lastOn, daysOver }: ClockEscalated['clocks'][number]) => ({
    kind: 'clock.escalated' as const,
    params: { rule, lastOn, daysOver },
    event: `${lastOn} ${daysOver}`,
  });
  const to = async (own: TxCtx, bureauId: string) => {
    const ids = await heads(own, bureauId);
    return () => ids;
  };
  if (clocks.length <= MOST_ONE_BY_ONE) {
    await tell(tx, clocks, { say, to, insteadOf: ['clock.escalated'] });
    return;
  }
  for (const [bureauId, own] of Map.groupBy(clocks, (note) => note.bureauId))
    await tellMany(tx, bureauId, own);
}

/** Whoever imports calendars hears once of each year that is missing. */
export async function onCalendarAwaited(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { bureauId, year, clocks } = event as CalendarAwaited;
  const to = (await peopleWith(tx.db, bureauId, 'calendar.import')).map(({ id }) => id);
  const subject = { kind: 'bureau', id: bureauId };
  const topic = `calendar:${bureauId}:${year}`;
  const params = { year, clocks };
  await notify(tx, bureauId, [{ kind: 'calendar.awaited', params, to, subject, topic, event: '' }]);
}
