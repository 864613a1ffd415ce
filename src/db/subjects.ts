import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../context.ts';

/** What a thing is called: its number where it has one, what it is about, and how far it is. */
export type SubjectLabel = {
  number: string | null;
  title: string | null;
  state: string | null;
  /** Of a tip: complaint, report or enquiry. */
  variant: string | null;
};

// By the kind under which clocks, papers, approvals and the trail know it. Never what a reporter said.
const LABELS: Record<
  string,
  { from: string; number: string; title: string; state?: string; variant?: string }
> = {
  tip: {
    from: 'tips x',
    number: 'x.number',
    title: 'x.respondent_name',
    state: 'x.state',
    variant: 'x.kind',
  },
  source: { from: 'sources x', number: 'x.number', title: 'x.party_name', state: 'x.state' },
  case: { from: 'cases x', number: 'x.number', title: 'x.title', state: 'x.state' },
  inspection: { from: 'inspections x', number: 'null', title: 'x.subject_matter', state: 'x.state' },
  operation: { from: 'operations x', number: 'null', title: 'x.title', state: 'x.state' },
  sample: { from: 'samples x', number: 'x.number', title: 'x.product_name', state: 'x.state' },
  measure: {
    from: 'measures x join parties p on p.id = x.party_id',
    number: 'null',
    title: 'p.name',
    state: 'x.state',
  },
  clue_notice: {
    from: 'clue_notices x join sources s on s.id = x.source_id',
    number: 's.number',
    title: 'x.recipient',
    state: 'x.state',
  },
  transfer: {
    from: 'transfers x join cases c on c.id = x.case_id',
    number: 'c.number',
    title: 'x.suspected_crime',
    state: 'x.state',
  },
  party: { from: 'parties x', number: 'x.uscc', title: 'x.name' },
  document: { from: 'documents x', number: 'x.number', title: 'null', state: 'x.state' },
};

/** The kinds of things that have a label. */
export const LABELLED: readonly string[] = Object.keys(LABELS);

/**
 * What the thing of a row is called, by columns that hold its kind and its id; null for a kind the actor may not read.
 * One look by primary key per row.
 */
export function labelOf(
  { permissions }: Actor,
  kind: string,
  id: RawBuilder<unknown>,
): RawBuilder<SubjectLabel | null> {
  const readable = Object.entries(LABELS).filter(([name]) => permissions.has(`${name}.read`));
  if (readable.length === 0) return sql<null>`null::json`;
  const cases = readable.map(
    ([name, { from, number, title, state = 'null', variant = 'null' }]) => sql`when ${sql.lit(name)} then (
      select json_build_object('number', ${sql.raw(number)}, 'title', ${sql.raw(title)}, 'state', ${sql.raw(state)},
        'variant', ${sql.raw(variant)})
      from ${sql.raw(from)} where x.id = ${id})`,
  );
  return sql<SubjectLabel | null>`case ${sql.ref(kind)} ${sql.join(cases, sql` `)} end`;
}

/** The fields of a row that its label becomes. */
export const labelled = (label: SubjectLabel | null) => ({
  subjectNumber: label?.number ?? null,
  subjectTitle: label?.title ?? null,
});
