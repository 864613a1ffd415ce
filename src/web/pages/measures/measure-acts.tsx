import { Form } from 'antd';
import { post } from '../../api/client.ts';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf, BodyOf, PostedOf } from '../../api/types.ts';
import { type Act, act, type ActBody } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';
import { FormFields } from '../../components/form-fields.tsx';
import { recordActs } from '../../components/record-acts.ts';
import { renamed } from '../../components/refusals.ts';
import { stamp } from '../../components/format.ts';
import { ExecutionFields, SealRows } from './execution-fields.tsx';
import { LiftBody, noLines, partOf, ReturnBody } from './lines-body.tsx';
import { MEASURE_KINDS } from './measure-words.ts';
import { lineName, linesTaken, TakeList } from './take-list.tsx';

type Measure = AnswerOf<'/api/measures/{id}'>;

const PROPOSAL = [
  {
    name: 'kind',
    kind: 'choice',
    label: 'field.measureKind',
    required: true,
    initial: 'seizure',
    words: { prefix: 'word.measureKind', values: MEASURE_KINDS },
  },
  { name: 'suspectedAct', kind: 'text', required: true, rows: 2, help: 'measure.suspectedHelp' },
  { name: 'reason', kind: 'text', label: 'field.measureReason', required: true, rows: 3 },
  { name: 'place', kind: 'line', label: 'field.measurePlace', required: true, wide: true },
  {
    name: 'officerIds',
    kind: 'users',
    required: true,
    wide: true,
    help: 'source.twoOfficers',
  },
] as const satisfies Field[];

/** Proposes a measure before it is carried out: what it will hold is put on its list on the spot. */
export const proposeMeasure = (
  tie: 'sourceId',
  from: Record<string, unknown> = {},
): Act<PostedOf<'/api/measures'>> =>
  act('/api/measures', {
    fields: [
      ...PROPOSAL,
      { name: 'isUrgent', kind: 'yes', help: 'measure.urgentHelp' },
      { name: 'partyId', kind: 'party', label: 'field.partyKnown', wide: true, help: 'case.partyHelp' },
    ],
    initial: () => from,
    body: (values, { id }) => ({ ...(values as BodyOf<'/api/measures'>), [tie]: id }),
  });

const useMeasure = (id: string): Measure | undefined => useApi('/api/measures/{id}', { path: { id } }).data;

/** The inspection a measure is carried out in: its own, or the one of its source that is chosen in the form. */
function useScene(measure: Measure | undefined) {
  const chosen = Form.useWatch('inspectionId') as string | undefined;
  const id = measure?.inspectionId ?? chosen ?? '';
  return useApi('/api/inspections/{id}', { path: { id }, enabled: id !== '' }).data;
}

/** Asks for the inspection where the measure has none yet. */
function SceneField({ measure }: { measure: Measure }) {
  const { data } = useApi('/api/inspections', {
    query: { sourceId: measure.sourceId ?? '', limit: 50 },
    enabled: measure.inspectionId === null && measure.sourceId !== null,
  });
  if (measure.inspectionId !== null) return null;
  const begun = (data?.items ?? []).filter(({ state }) => state !== 'planned');
  const options = begun.map(({ id, place, startedAt }) => ({
    value: id,
    label: `${stamp(startedAt)} ${place}`,
  }));
  return (
    <FormFields
      fields={[
        {
          name: 'inspectionId',
          kind: 'choice',
          label: 'kind.inspection',
          required: true,
          wide: true,
          options,
        },
      ]}
    />
  );
}

const ExecuteBody: ActBody = ({ subject }) => {
  const measure = useMeasure(subject.id);
  const scene = useScene(measure);
  if (!measure) return null;
  return (
    <>
      <SceneField measure={measure} />
      <FormFields fields={[{ name: 'officerIds', kind: 'users', wide: true, help: 'source.twoOfficers' }]} />
      <ExecutionFields kind={measure.kind} isDwelling={scene?.isDwelling ?? false} />
    </>
  );
};

const ItemsBody: ActBody = ({ subject }) => {
  const measure = useMeasure(subject.id);
  const scene = useScene(measure);
  if (!measure) return null;
  return (
    <>
      <SceneField measure={measure} />
      {scene && <TakeList inspectionId={scene.id} />}
    </>
  );
};

const begun = () => ({ partyPresent: false, rightsTold: false });

/** What may be done with a measure. */
export const measureActs: Record<string, Act> = {
  add_items: {
    fields: [],
    Body: ItemsBody,
    send: ({ id, version }, values, key) =>
      renamed(
        post('/api/measures/{id}/items', { items: linesTaken(values) }, { path: { id }, key, version }),
        lineName(values),
      ),
  },
  execute: act('/api/measures/{id}/execute', { Body: ExecuteBody, initial: begun }),
  execute_urgent: act('/api/measures/{id}/execute-urgent', { Body: ExecuteBody, initial: begun }),
  extend: act('/api/measures/{id}/extend', {
    fields: [
      { name: 'reason', kind: 'text', label: 'field.extensionReason', required: true, autoFocus: true },
    ],
  }),
  seal: act('/api/measures/{id}/seals', { Body: SealRows, initial: () => ({ seals: [{}] }) }),
  lift: act('/api/measures/{id}/lift', {
    Body: LiftBody,
    initial: noLines,
    body: (values) => partOf(values) as never,
  }),
  return_items: act('/api/measures/{id}/return-items', {
    Body: ReturnBody,
    initial: noLines,
    body: (values) => partOf(values) as never,
  }),
  ...recordActs('/api/measures', [
    { name: 'suspectedAct', kind: 'text', rows: 2 },
    { name: 'place', kind: 'line', label: 'field.measurePlace', wide: true },
    { name: 'keepingPlace', kind: 'line' },
    { name: 'keepingConditions', kind: 'line' },
  ]),
};
