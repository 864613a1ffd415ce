import type { Column } from './data-list.tsx';
import { DueDay } from './due.tsx';
import type { Filter } from './filter-bar.tsx';
import { stamp } from './format.ts';

/** What the lists of matters have in common: whose it is and what is due next. */
type Matter = {
  dueOn: string | null;
  dueTitle: string | null;
  daysLeft: number | null;
  urgency: 'overdue' | 'soon' | 'later' | null;
  unitName: string | null;
  assignees: { name: string }[];
  updatedAt: string;
};

/** The next limit of a row with its colour; which limit it is, on hover. */
export const RowDue = ({ row }: { row: Pick<Matter, 'dueOn' | 'dueTitle' | 'daysLeft' | 'urgency'> }) => (
  <DueDay on={row.dueOn} days={row.daysLeft} urgency={row.urgency} title={row.dueTitle} />
);

/** The columns every list of matters ends with. */
export const matterColumns = <R extends Matter>(): Column<R>[] => [
  { key: 'dueOn', render: (row) => <RowDue row={row} />, width: 190 },
  {
    key: 'assignees',
    render: ({ assignees, unitName }) => (
      <span className="clip">{assignees.map(({ name }) => name).join('、') || unitName}</span>
    ),
    width: 130,
  },
  { key: 'unitName', render: ({ unitName }) => unitName, hidden: true, width: 160 },
  { key: 'updatedAt', render: ({ updatedAt }) => stamp(updatedAt), hidden: true, width: 150 },
];

/** The filters every list of matters has: words, states, whose, when, overdue; `more` stands behind the states. */
export const matterFilters = (
  kind: string,
  states: readonly string[],
  { find, more = [] }: { find: string; more?: readonly Filter[] },
): Filter[] => [
  { name: 'q', kind: 'text', label: find },
  { name: 'state', kind: 'choices', words: { prefix: `state.${kind}`, values: states } },
  ...more,
  { name: 'assignee', kind: 'choice', words: { prefix: 'word.whose', values: ['me', 'none'] } },
  { name: 'overdue', kind: 'yes', label: 'clock.overdue' },
  { name: 'from', kind: 'day' },
  { name: 'to', kind: 'day' },
];
