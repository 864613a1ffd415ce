import { Form } from 'antd';
import { useApi, useLines } from '../../api/hooks.ts';
import type { RowOf } from '../../api/types.ts';
import type { ActBody } from '../../components/act.ts';
import type { Choice, Field } from '../../components/fields.ts';
import { FormFields } from '../../components/form-fields.tsx';
import { usePaperTitle } from '../../components/papers.tsx';
import { FormRows } from '../../components/form-rows.tsx';

type Line = RowOf<'/api/measures/{id}/items'>;

const GROUNDS = ['no_violation', 'unrelated', 'decided', 'period_over', 'not_needed'];

const standing = ({ balances }: Line, title: string, places: readonly string[]) =>
  balances.filter((one) => one.title === title && places.includes(one.place));

const isHeld = (line: Line): boolean =>
  line.category === 'premises'
    ? line.liftedAt === null
    : standing(line, 'held', ['store', 'keeper', 'site']).length > 0;

const isToReturn = (line: Line): boolean => standing(line, 'party', ['store', 'keeper']).length > 0;

const choiceOf = (line: Line): Choice => {
  const there = line.measureQuantity ?? line.quantity;
  const words = [line.lineNo ?? line.foundNo, line.name, line.spec, line.batchNo];
  return {
    value: line.id,
    label: [...words, there && `${there} ${line.unit ?? ''}`].filter(Boolean).join(' '),
  };
};

const lineFields = (options: readonly Choice[]): Field[] => [
  { name: 'itemId', kind: 'choice', label: 'measure.line', required: true, wide: true, options },
  { name: 'quantity', kind: 'quantity', help: 'measure.wholeLine' },
];

/** All of it, or some lines of the list, each whole or a part of it. */
function Part({ lines }: { lines: readonly Line[] }) {
  const isPart = Form.useWatch<boolean | undefined>('isPart') === true;
  return (
    <>
      <FormFields
        fields={[{ name: 'isPart', kind: 'yes', label: 'measure.isPart', help: 'measure.isPartHelp' }]}
      />
      {isPart && <FormRows name="items" fields={lineFields(lines.map(choiceOf))} add="measure.addLine" />}
    </>
  );
}

/** What lines a form begins with. */
export const noLines = () => ({ isPart: false, items: [{}] });

/** Without lines only where all of it is meant: a part that names nothing is refused, never widened to the whole. */
export function partOf({ isPart, items, ...values }: Record<string, unknown>): Record<string, unknown> {
  return isPart === true ? { ...values, items: items ?? [] } : values;
}

const LIFTING: Field[] = [
  {
    name: 'ground',
    kind: 'choice',
    label: 'measure.liftGround',
    required: true,
    wide: true,
    words: { prefix: 'word.liftGround', values: GROUNDS },
  },
  { name: 'reasons', kind: 'text', required: true },
];

/** Asks the head to lift a measure: on which of the five grounds, and of how much. */
export const LiftBody: ActBody = ({ subject }) => {
  const { data: lines = [] } = useLines('/api/measures/{id}/items', subject.id);
  return (
    <>
      <FormFields fields={LIFTING} />
      <Part lines={lines.filter(isHeld)} />
    </>
  );
};

const returning = (papers: readonly Choice[]): Field[] => [
  { name: 'returnedAt', kind: 'instant', help: 'referral.nowHelp' },
  { name: 'receivedBy', kind: 'line', required: true, help: 'measure.receivedByHelp' },
  { name: 'officerIds', kind: 'users', required: true, wide: true, help: 'source.twoOfficers' },
  { name: 'documentId', kind: 'choice', label: 'measure.returnPaper', options: papers },
  { name: 'paperNumber', kind: 'line', label: 'measure.returnNumber', help: 'measure.returnNumberHelp' },
  { name: 'remark', kind: 'text', rows: 2 },
];

/** What was let go is handed back: to whom, before which officers, on which list both sides signed. */
export const ReturnBody: ActBody = ({ subject }) => {
  const titleOf = usePaperTitle();
  const { data: lines = [] } = useLines('/api/measures/{id}/items', subject.id);
  const query = { subjectKind: 'measure', subjectId: subject.id, limit: 100 };
  const { data } = useApi('/api/documents', { query });
  const papers = (data?.items ?? [])
    .filter(({ state }) => state === 'issued')
    .map((paper): Choice => ({ value: paper.id, label: `${titleOf(paper)} ${paper.number ?? ''}` }));
  return (
    <>
      <FormFields fields={returning(papers)} />
      <Part lines={lines.filter(isToReturn)} />
    </>
  );
};
