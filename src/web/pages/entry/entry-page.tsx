import { Alert, App, Button, Card, Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { post } from '../../api/client.ts';
import { problemOf } from '../../api/problem.ts';
import type { Field } from '../../components/fields.ts';
import { FormFields } from '../../components/form-fields.tsx';
import { useKeys } from '../../components/keys.tsx';
import { choicesOf, useTipLists } from '../../components/lists.ts';
import { LeaveDialog, ProblemAlert } from '../../components/problem.tsx';
import { type ApiForm, useApiForm } from '../../components/use-form.ts';
import { TIP_KINDS } from '../tips/tip-words.ts';
import { Beside } from './beside.tsx';

const RESPONDENT: Field[] = [
  { name: 'respondent.name', kind: 'line', label: 'field.respondentName', required: true },
  { name: 'respondent.phone', kind: 'line', label: 'field.respondentPhone' },
  { name: 'respondent.address', kind: 'line', label: 'field.respondentAddress', wide: true },
  { name: 'respondent.party.id', kind: 'party', label: 'field.partyKnown', wide: true },
];

const MATTER: Field[] = [
  { name: 'narrative', kind: 'text', required: true, rows: 4 },
  { name: 'demand', kind: 'text', rows: 2 },
  { name: 'productName', kind: 'line' },
  { name: 'brand', kind: 'line' },
  { name: 'batchNo', kind: 'line' },
  { name: 'amountFen', kind: 'yuan', label: 'field.amount' },
  { name: 'boughtOn', kind: 'day' },
  { name: 'boughtAt', kind: 'line' },
  { name: 'platform', kind: 'line' },
  { name: 'orderNo', kind: 'line' },
];

const isNamed = (values: Record<string, unknown>): boolean =>
  (values['reporter'] as { anonymous?: boolean } | undefined)?.anonymous !== true;
const isComplaint = ({ kind }: Record<string, unknown>): boolean => kind === 'complaint';

const REPORTER: Field[] = [
  { name: 'reporter.anonymous', kind: 'yes' },
  { name: 'reporter.name', kind: 'line', label: 'field.reporterName', when: isNamed },
  { name: 'reporter.phone', kind: 'line', when: isNamed },
  { name: 'reporter.idNumber', kind: 'line', when: isNamed },
  { name: 'reporter.address', kind: 'line', when: isNamed, wide: true },
  { name: 'consentPublish', kind: 'yes', when: isComplaint },
  { name: 'consentDelegate', kind: 'yes', when: isComplaint },
];

/** `outsideNumbers.0.number` as the form names it. */
const pathOf = (name: string): (string | number)[] =>
  name.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** Splits a pasted hotline text into fields; they are there to be confirmed, nothing is stored. */
function Paste({ task }: { task: ApiForm }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [found, setFound] = useState<number>();
  const [refusal, setRefusal] = useState<string>();
  const split = async (given: string): Promise<void> => {
    if (given.trim().length === 0) return;
    setRefusal(undefined);
    try {
      const { fields } = await post('/api/tips/parse', { text: given });
      for (const { name, value } of fields) task.form.setFieldValue(pathOf(name), value);
      task.onValuesChange();
      setFound(fields.length);
    } catch (error) {
      setRefusal(problemOf(error)?.detail ?? t('shell.serverError'));
    }
  };
  return (
    <Card size="small" title={t('entry.paste')} className="gap">
      <Input.TextArea
        autoFocus
        value={text}
        rows={3}
        aria-label={t('entry.paste')}
        placeholder={t('entry.pasteHere')}
        onChange={(event) => setText(event.target.value)}
        onPaste={(event) => void split(event.clipboardData.getData('text'))}
      />
      <div className="action-row paste-row">
        <Button onClick={() => void split(text)}>{t('entry.split')}</Button>
        <span className="quiet" role="status">
          {found !== undefined && t('entry.found', { count: found })}
        </span>
      </div>
      {refusal && <Alert type="error" showIcon title={refusal} role="alert" />}
    </Card>
  );
}

function EntryForm() {
  const { t } = useTranslation();
  const lists = useTipLists();
  const first: Field[] = [
    { name: 'channel', kind: 'choice', required: true, options: choicesOf(lists?.channels) },
    { name: 'category', kind: 'choice', options: choicesOf(lists?.categories) },
    { name: 'receivedAt', kind: 'instant', help: 'referral.nowHelp' },
  ];
  const outside: Field[] = [
    { name: 'outsideNumbers.0.system', kind: 'choice', options: choicesOf(lists?.systems) },
    { name: 'outsideNumbers.0.number', kind: 'line', label: 'field.outsideNumbers' },
  ];
  return (
    <>
      <Card size="small" className="gap">
        <Form.Item name="kind" label={t('field.kind')} required>
          <Segmented options={TIP_KINDS.map((kind) => ({ value: kind, label: t(`word.tipKind.${kind}`) }))} />
        </Form.Item>
        <FormFields fields={[...first, ...outside]} />
      </Card>
      <Card size="small" title={t('entry.respondent')} className="gap">
        <FormFields fields={RESPONDENT} />
      </Card>
      <Card size="small" title={t('tip.matter')} className="gap">
        <FormFields fields={MATTER} />
      </Card>
      <Card size="small" title={t('tip.reporter')} className="gap">
        <FormFields fields={REPORTER} />
      </Card>
    </>
  );
}

type Body = Record<string, unknown> & {
  respondent?: { name?: string; party?: { id?: string } };
  outsideNumbers?: ({ system?: string; number?: string } | undefined)[];
};

/** The body of the API: an outside number without a number is none. */
const bodyOf = ({ outsideNumbers, ...values }: Body): object => {
  const numbers = (outsideNumbers ?? []).filter((entry) => entry?.number);
  return { ...values, ...(numbers.length > 0 ? { outsideNumbers: numbers } : {}) };
};

/** The front door: one screen, no mouse, under a minute. */
export function EntryPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const task = useApiForm({
    draft: 'entry',
    initial: { kind: 'report', channel: '12345' },
    send: (values, key) => post('/api/tips', bodyOf(values as Body) as never, { key }),
    onDone: (tip) => {
      void message.success(t('entry.saved', { number: tip.number }));
      void navigate(`/tips/${tip.id}`);
    },
  });
  useKeys([{ keys: 'ctrl+Enter', label: 'common.sendKey', run: task.submit, inFields: true }]);
  return (
    <>
      <h1>{t('nav.entry')}</h1>
      <Form
        form={task.form}
        layout="vertical"
        initialValues={task.initialValues}
        onValuesChange={task.onValuesChange}
        onFinish={task.submit}
        className="record-body"
      >
        <div>
          <Paste task={task} />
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
          <EntryForm />
          <Button type="primary" htmlType="submit" loading={task.busy} size="large">
            {t('entry.save')}
          </Button>
        </div>
        <Beside task={task} />
        <LeaveDialog blocker={task.blocker} />
      </Form>
    </>
  );
}
