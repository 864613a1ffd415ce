import { type Expression, type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../context.ts';
import { addDays, type Day, formatInstant, instantAt } from '../shared/clock.ts';
import type { Named } from './list-schemas.ts';

/** The pattern by which LIKE finds `text` anywhere in a column. */
export const contains = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** What the uniform words of a query string may ask (see list-schemas.ts). */
export type Words = {
  q?: string | undefined;
  state?: readonly string[] | undefined;
  partyId?: string | undefined;
  unitId?: string | undefined;
  assignee?: string | undefined;
  from?: Day | undefined;
  to?: Day | undefined;
};

/** Where a list looks for what the words ask. */
export type Asked = {
  /** Its table, as Kysely calls it: `clueNotices`. */
  table: string;
  /** The instant the list is sorted by, a column of the table. */
  time: string;
  /** What `q` looks in: columns of the table, or expressions. */
  texts: readonly (string | RawBuilder<unknown>)[];
  /** The party of a row; the column `partyId`, unless given. */
  party?: RawBuilder<unknown>;
};

type Condition = RawBuilder<unknown>;

const both = (conditions: readonly Condition[]): RawBuilder<boolean> =>
  conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join([...conditions], sql` and `)})`;

/** Whether any of `texts` holds `q`. */
export function mentions(q: string, texts: readonly Expression<unknown>[]): RawBuilder<boolean> {
  const pattern = contains(q);
  return sql<boolean>`(${sql.join(
    texts.map((text) => sql`${text} ilike ${pattern}`),
    sql` or `,
  )})`;
}

function assignedTo(ctx: Ctx, table: string, assignee: string): Condition {
  const users = sql.ref(`${table}.assignedUserIds`);
  if (assignee === 'none') return sql`${users} = '{}'`;
  // The second half says what the index holds.
  return sql`(${users} @> array[${assignee === 'me' ? ctx.actor.id : assignee}::uuid] and ${users} <> '{}')`;
}

// One state is compared as one: then an index that leads with it still gives the order.
const inStates = (table: string, states: readonly string[]): Condition =>
  states.length === 1
    ? sql`${sql.ref(`${table}.state`)} = ${states[0]}`
    : sql`${sql.ref(`${table}.state`)} = any (${states}::text[])`;

// What was entered under a party that was merged since is its survivor's.
const ofParty = (party: Condition, id: string): Condition =>
  sql`${party} in (select p.id from parties p where p.id = ${id}::uuid or p.merged_into = ${id}::uuid)`;

/** The rows the words ask for, as one condition. */
export function asked(ctx: Ctx, { table, time, texts, party }: Asked, words: Words): RawBuilder<boolean> {
  const at = sql.ref(`${table}.${time}`);
  const conditions: (Condition | false | undefined)[] = [
    words.state && inStates(table, words.state),
    words.partyId !== undefined && ofParty(party ?? sql.ref(`${table}.partyId`), words.partyId),
    words.unitId !== undefined && sql`${sql.ref(`${table}.assignedUnitId`)} = ${words.unitId}::uuid`,
    words.assignee !== undefined && assignedTo(ctx, table, words.assignee),
    words.from !== undefined && sql`${at} >= ${instantAt(words.from, '00:00')}`,
    words.to !== undefined && sql`${at} < ${instantAt(addDays(words.to, 1), '00:00')}`,
    words.q !== undefined &&
      mentions(
        words.q,
        texts.map((text) => (typeof text === 'string' ? sql.ref(`${table}.${text}`) : text)),
      ),
  ];
  return both(conditions.filter((condition) => condition !== undefined && condition !== false));
}

/** The name a party goes by today: a merged one is called by its survivor's. */
export const nameOfParty = (party: RawBuilder<unknown>): RawBuilder<string | null> =>
  sql<string | null>`(
    select coalesce(s.name, p.name) from parties p left join parties s on s.id = p.merged_into where p.id = ${party})`;

/** The party of a row that has a case or a source, and may have one of its own. */
export const partyVia = (table: string, has: { own: boolean }): RawBuilder<string | null> => sql<
  string | null
>`coalesce(
  ${has.own ? sql.ref(`${table}.partyId`) : sql`null`},
  (select c.party_id from cases c where c.id = ${sql.ref(`${table}.caseId`)}),
  (select s.party_id from sources s where s.id = ${sql.ref(`${table}.sourceId`)}))`;

/** The number of a row another names: of its case, its source, its tip. */
export const numberOf = (table: 'cases' | 'sources' | 'tips', id: string): RawBuilder<string | null> =>
  sql<string | null>`(select n.number from ${sql.table(table)} n where n.id = ${sql.ref(id)})`;

/** People by their ids, in the order of the column. */
export const peopleOf = (ids: string): RawBuilder<Named[]> =>
  sql<Named[]>`(
    select coalesce(json_agg(json_build_object('id', u.id, 'name', u.name) order by array_position(${sql.ref(ids)}, u.id)), '[]')
    from users u where u.id = any (${sql.ref(ids)}))`;

/** When a thing was last acted on, as the trail has it: a look at it is no act. */
export const actedOn = (kind: string, table: string): RawBuilder<Date> =>
  sql<Date>`coalesce((
    select e.at from audit_entries e
    where e.subject_kind = ${kind} and e.subject_id = ${sql.ref(`${table}.id`)}::text and e.action not like '%.look\_at%'
    order by e.id desc limit 1), ${sql.ref(`${table}.createdAt`)})`;

/** The source and the case a row belongs to, by their numbers. */
export const originColumns = (table: string) =>
  [
    numberOf('sources', `${table}.sourceId`).as('sourceNumber'),
    numberOf('cases', `${table}.caseId`).as('caseNumber'),
  ] as const;

/** Who has a matter, by name. */
export const assigneeColumns = (table: string) =>
  [
    sql<string | null>`(select u.name from units u where u.id = ${sql.ref(`${table}.assignedUnitId`)})`.as(
      'unitName',
    ),
    peopleOf(`${table}.assignedUserIds`).as('assignees'),
  ] as const;

/** What the list of a matter shows beside its own columns: who has it, and when it was last acted on. */
export const matterColumns = (kind: string, table: string) =>
  [...assigneeColumns(table), actedOn(kind, table).as('updatedAt')] as const;

/** The instants of such a row as they travel. */
export const times = ({ updatedAt, createdAt }: { updatedAt: Date; createdAt: Date }) => ({
  updatedAt: formatInstant(updatedAt),
  createdAt: formatInstant(createdAt),
});
