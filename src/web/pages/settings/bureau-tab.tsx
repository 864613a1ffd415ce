import { Alert, App, Button, Card, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { post } from '../../api/client.ts';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/types.ts';
import type { Field } from '../../components/fields.ts';
import { FormFields } from '../../components/form-fields.tsx';
import { LeaveDialog, ProblemAlert } from '../../components/problem.tsx';
import { Loading } from '../../components/record-page.tsx';
import { useApiForm } from '../../components/use-form.ts';

type Bureau = AnswerOf<'/api/bureau'>;

const OWN: Field[] = [
  { name: 'name', kind: 'line' },
  { name: 'shortName', kind: 'line', help: 'settings.shortNameHelp' },
];

const SETTINGS: Field[] = [
  { name: 'settings.contactPhone', kind: 'line' },
  { name: 'settings.contactAddress', kind: 'line' },
  { name: 'settings.reconsiderationBody', kind: 'line' },
  { name: 'settings.reconsiderationPeriod', kind: 'line' },
  { name: 'settings.court', kind: 'line' },
  { name: 'settings.suitPeriod', kind: 'line' },
  { name: 'settings.caseNumberPattern', kind: 'line', help: 'settings.patternHelp' },
  { name: 'settings.speciesTraceBelow', kind: 'quantity' },
  { name: 'settings.speciesCarryOverBelow', kind: 'quantity' },
  { name: 'settings.hearingPersonFen', kind: 'yuan' },
  { name: 'settings.hearingEntityFen', kind: 'yuan' },
  { name: 'settings.hearingSource', kind: 'line' },
  { name: 'settings.discretionLighterTo', kind: 'quantity' },
  { name: 'settings.discretionHeavierFrom', kind: 'quantity' },
];

/** Every setting that was emptied goes back to the product's default. */
const settingsOf = (given: Record<string, unknown> = {}): Record<string, unknown> =>
  Object.fromEntries(
    SETTINGS.map(({ name }) => name.split('.')[1]!).map((name) => [name, given[name] ?? null]),
  );

function BureauForm({ bureau }: { bureau: Bureau }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const task = useApiForm({
    draft: 'bureau',
    initial: { name: bureau.name, shortName: bureau.shortName, settings: bureau.settings },
    send: ({ name, shortName, settings }, key) =>
      post(
        '/api/bureau/amend',
        { name, shortName, settings: settingsOf(settings as Record<string, unknown>) } as never,
        { key, version: bureau.version },
      ),
    onDone: () => void message.success(t('common.saved')),
  });
  return (
    <Form
      form={task.form}
      layout="vertical"
      initialValues={task.initialValues}
      onValuesChange={task.onValuesChange}
      onFinish={task.submit}
    >
      <ProblemAlert problem={task.problem} />
      {task.restored && (
        <Alert
          className="gap"
          type="info"
          showIcon
          title={t('common.restored')}
          action={
            <Button size="small" onClick={task.discard}>
              {t('common.discard')}
            </Button>
          }
        />
      )}
      <Card size="small" title={`${t('settings.bureau')} ${bureau.areaCode}`} className="gap">
        <FormFields fields={OWN} />
      </Card>
      <Card size="small" title={t('settings.values')} className="gap">
        <FormFields fields={SETTINGS} />
      </Card>
      <Button type="primary" htmlType="submit" loading={task.busy}>
        {t('common.save')}
      </Button>
      <LeaveDialog blocker={task.blocker} />
    </Form>
  );
}

/** The bureau's name on papers, and what it sets in the place of the product's defaults. */
export function BureauTab() {
  const { data, error } = useApi('/api/bureau');
  return data ? <BureauForm bureau={data} /> : <Loading error={error} />;
}
