import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../context.ts';

/** What a thing is called: its number where it has one, and what it is about. */
export type SubjectLabel = { number: string | null; title: string | null };

// By the kind under which clocks, papers, approvals and the trail know it. Never what a reporter said.
const LABELS: Record<string, { from: string; number: string; title: string }> = {
  tip: { from: 'tips x', number: 'x.number', title: 'x.respondent_name' },
  source: { from: 'sources x', number: 'x.number', title: 'x.party_name' },
  case: { from: 'cases x', number: 'x.number', title: 'x.title' },
  inspection: { from: 'inspections x', number: 'null', title: 'x.subject_matter' },
  operation: { from: 'operations x', number: 'null', title: 'x.title' },
  sample: { from: 'samples x', number: 'x.number', title: 'x.product_name' },
  measure: { from: 'measures x join parties p on p.id = x.party_id', number: 'null', title: 'p.name' },
  clue_notice: {
    from: 'clue_notices x join sources s on s.id = x.source_id',
    number: 's.number',
    title: 'x.recipient',
  },
  transfer: {
    from: 'transfers x join cases c on c.id = x.case_id',
    number: 'c.number',
    title: 'x.suspected_crime',
  },
  party: { from: 'parties x', number: 'x.uscc', title: 'x.name' },
  document: { from: 'documents x', number: 'x.number', title: 'null' },
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
    ([name, { from, number, title }]) => sql`when ${sql.lit(name)} then (
      select json_build_object('number', ${sql.raw(number)}, 'title', ${sql.raw(title)})
      from ${sql.raw(from)} where x.id = ${id})`,
  );
  return sql<SubjectLabel | null>`case ${sql.ref(kind)} ${sql.join(cases, sql` `)} end`;
}

/** The fields of a row that its label becomes. */
export const labelled = (label: SubjectLabel | null) => ({
  subjectNumber: label?.number ?? null,
  subjectTitle: label?.title ?? null,
});
