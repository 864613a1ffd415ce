import { Alert, Button, Card, Form, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { get, post } from '../../api/client.ts';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf, BodyOf, RowOf } from '../../api/types.ts';
import type { Field } from '../../components/fields.ts';
import { FormFields } from '../../components/form-fields.tsx';
import { given } from '../../components/given.ts';
import { useKeys } from '../../components/keys.tsx';
import { LeaveDialog, ProblemAlert } from '../../components/problem.tsx';
import { Loading } from '../../components/record-page.tsx';
import { renamed } from '../../components/refusals.ts';
import { useApiForm } from '../../components/use-form.ts';
import { ExecutionFields } from '../measures/execution-fields.tsx';
import { MEASURE_KINDS } from '../measures/measure-words.ts';
import { lineName, linesTaken, TakeList } from '../measures/take-list.tsx';
import { SceneSteps } from './steps.tsx';

type Inspection = AnswerOf<'/api/inspections/{id}'>;
type Measure = RowOf<'/api/measures'>;
type Urgent = BodyOf<'/api/measures/urgent'>;
type Values = Record<string, unknown>;

const URGENT = 'urgent';

const PROPOSAL: Field[] = [
  {
    name: 'kind',
    kind: 'choice',
    label: 'field.measureKind',
    required: true,
    words: { prefix: 'word.measureKind', values: MEASURE_KINDS },
  },
  { name: 'place', kind: 'line', label: 'field.measurePlace', required: true },
  { name: 'suspectedAct', kind: 'text', required: true, rows: 2, help: 'measure.suspectedHelp' },
  { name: 'reason', kind: 'text', label: 'field.measureReason', required: true, rows: 2 },
  { name: 'officerIds', kind: 'users', required: true, wide: true, help: 'source.twoOfficers' },
];

const EXECUTION = [
  'partyPresent',
  'rightsTold',
  'witnessName',
  'keepingPlace',
  'keepingConditions',
  'keeper',
  'dwellingHandover',
  'executedAt',
  'seals',
] as const;

const picked = (values: Values, names: readonly string[]): Values =>
  given(Object.fromEntries(names.map((name) => [name, values[name]])));

/** `execution.keeper` of the body is `keeper` in the form. */
const nameIn = (values: Values) => (field: string) => lineName(values)(field.replace(/^execution\./, ''));

/** Proposes and carries out in one step; the head is asked afterwards. */
function imposeUrgently(inspection: Inspection, values: Values, key: string) {
  const body = {
    ...picked(values, ['kind', 'place', 'suspectedAct', 'reason', 'officerIds']),
    inspectionId: inspection.id,
    ...(inspection.caseId ? { caseId: inspection.caseId } : {}),
    items: linesTaken(values),
    execution: picked(values, EXECUTION),
  };
  return renamed(post('/api/measures/urgent', body as unknown as Urgent, { key }), nameIn(values));
}

/** Puts what is taken on the list of an approved measure, and carries it out. */
async function carryOut(
  id: string,
  inspection: Inspection,
  { values, key }: { values: Values; key: string },
) {
  const [measure, listed] = await Promise.all([
    get('/api/measures/{id}', { path: { id } }),
    get('/api/measures/{id}/items', { path: { id }, query: { limit: 500 } }),
  ]);
  // A second try after a lost answer finds the lines on the list already.
  const known = new Set(listed.items.map((item) => item.id));
  const items = linesTaken(values).filter(({ itemId }) => !known.has(itemId));
  const to = { path: { id } };
  const version =
    items.length === 0
      ? measure.version
      : (
          await renamed(
            post(
              '/api/measures/{id}/items',
              { items },
              { ...to, key: `${key}-items`, version: measure.version },
            ),
            nameIn(values),
          )
        ).version;
  const body = {
    ...picked(values, [...EXECUTION, 'officerIds']),
    inspectionId: inspection.id,
  } as unknown as BodyOf<'/api/measures/{id}/execute'>;
  return post('/api/measures/{id}/execute', body, { ...to, key, version });
}

/** Measures the head has approved and nobody has carried out yet. */
function useApproved(inspection: Inspection): readonly Measure[] {
  const { sourceId } = inspection;
  const { data } = useApi('/api/measures', {
    query: { state: 'approved', sourceId: sourceId ?? '', limit: 20 },
    enabled: sourceId !== null,
  });
  return data?.items ?? [];
}

function Ways({ approved }: { approved: readonly Measure[] }) {
  const { t } = useTranslation();
  return (
    <Form.Item name="way" label={t('scene.way')}>
      <Radio.Group className="ways-list">
        {approved.map(({ id, kind, partyName }) => (
          <Radio key={id} value={id}>
            {t('scene.byApproval', { what: `${t(`word.measureKind.${kind}`)} ${partyName}` })}
          </Radio>
        ))}
        <Radio value={URGENT}>{t('scene.urgent')}</Radio>
      </Radio.Group>
    </Form.Item>
  );
}

type FormProps = { inspection: Inspection; approved: readonly Measure[] };

function SeizeForm({ inspection, approved }: FormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const officerIds = inspection.people.flatMap(({ userId }) => userId ?? []);
  const task = useApiForm({
    draft: `scene.seize.${inspection.id}`,
    initial: {
      way: approved[0]?.id ?? URGENT,
      kind: 'seizure',
      place: inspection.place,
      officerIds,
      partyPresent: inspection.partyPresent === 'present',
      rightsTold: false,
    },
    send: (values, key) =>
      values['way'] === URGENT
        ? imposeUrgently(inspection, values, key)
        : carryOut(String(values['way']), inspection, { values, key }),
    onDone: ({ id }) => void navigate(`/measures/${id}/papers`),
  });
  const way = (Form.useWatch('way', task.form) as string | undefined) ?? approved[0]?.id ?? URGENT;
  const chosen = approved.find(({ id }) => id === way);
  useKeys([{ keys: 'ctrl+Enter', label: 'common.sendKey', run: task.submit, inFields: true }]);
  return (
    <>
      <ProblemAlert problem={task.problem} />
      <Form
        form={task.form}
        layout="vertical"
        initialValues={task.initialValues}
        onValuesChange={task.onValuesChange}
        onFinish={task.submit}
        className="scene-form"
      >
        <Card size="small" title={t('scene.what')}>
          {approved.length > 0 && <Ways approved={approved} />}
          {way === URGENT && <Alert type="warning" showIcon className="gap" title={t('scene.urgentHelp')} />}
          <TakeList inspectionId={inspection.id} />
        </Card>
        {way === URGENT ? (
          <Card size="small" title={t('scene.why')}>
            <FormFields fields={PROPOSAL} />
          </Card>
        ) : null}
        <Card size="small" title={t('scene.how')}>
          <ExecutionFields isDwelling={inspection.isDwelling} {...(chosen ? { kind: chosen.kind } : {})} />
        </Card>
        <div className="scene-foot">
          <Button type="primary" size="large" htmlType="submit" loading={task.busy}>
            {t(way === URGENT ? 'action.measure.urgent' : 'action.measure.execute')}
          </Button>
        </div>
      </Form>
      <LeaveDialog blocker={task.blocker} />
    </>
  );
}

/** What is taken, why and how: the seizure itself, on the spot. */
export function SeizePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: inspection, error } = useApi('/api/inspections/{id}', { path: { id } });
  if (!inspection) return <Loading error={error} />;
  return (
    <article className="scene-page">
      <header className="record-head">
        <Link to={`/inspections/${id}`} className="quiet no-print">
          ← {inspection.subjectMatter}
        </Link>
        <h1>{t('scene.seize')}</h1>
        <SceneSteps at="seize" inspectionId={id} />
      </header>
      <Seize inspection={inspection} />
    </article>
  );
}

function Seize({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const approved = useApproved(inspection);
  const reminders = inspection.reminders.map(({ gate, article, reason }) => (
    <Alert
      key={gate}
      type="warning"
      showIcon
      className="gap"
      title={reason}
      description={`${gate} · ${article}`}
    />
  ));
  if (inspection.state !== 'under_way')
    return <Alert type="warning" showIcon title={t('scene.notUnderWay')} />;
  return (
    <>
      {reminders}
      {/* The way is chosen anew where an approval arrives. */}
      <SeizeForm key={approved.map(({ id }) => id).join()} inspection={inspection} approved={approved} />
    </>
  );
}
