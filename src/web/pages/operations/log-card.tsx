import { Button, Card, Empty, Form, Input, Segmented, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { post } from '../../api/client.ts';
import type { AnswerOf, BodyOf } from '../../api/types.ts';
import { stamp } from '../../components/format.ts';
import { LeaveDialog, ProblemAlert } from '../../components/problem.tsx';
import { useApiForm } from '../../components/use-form.ts';
import { LOG_SIDES } from './operation-words.ts';

type Operation = AnswerOf<'/api/operations/{id}'>;
type Line = BodyOf<'/api/operations/{id}/log'>;

/** One line of the log as it happens: side, words, and it stands there. */
function NewLine({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const task = useApiForm({
    draft: `operation.log.${operation.id}`,
    initial: { side: 'bureau' },
    send: (values, key) =>
      post('/api/operations/{id}/log', values as Line, { path: { id: operation.id }, key }),
    onDone: () => task.form.setFieldValue('entry', ''),
  });
  return (
    <>
      <ProblemAlert problem={task.problem} />
      <Form
        form={task.form}
        initialValues={task.initialValues}
        onValuesChange={task.onValuesChange}
        onFinish={task.submit}
        className="log-line"
      >
        <Form.Item name="side">
          <Segmented
            aria-label={t('field.side')}
            options={LOG_SIDES.map((side) => ({ value: side, label: t(`word.side.${side}`) }))}
          />
        </Form.Item>
        <Form.Item name="entry">
          <Input.TextArea
            aria-label={t('field.entry')}
            placeholder={t('operation.logHelp')}
            autoSize={{ minRows: 1, maxRows: 6 }}
            onPressEnter={(event) => {
              if (event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              task.submit();
            }}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={task.busy}>
          {t('operation.write')}
        </Button>
      </Form>
      <LeaveDialog blocker={task.blocker} />
    </>
  );
}

const COLOUR: Record<string, string> = { bureau: 'cyan', police: 'blue', both: 'default' };

/** The log of both sides, the newest line first; what is written stays. */
export function LogCard({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const canLog = operation.allowedActions.some(({ action, allowed }) => action === 'log' && allowed);
  return (
    <Card size="small" title={t('operation.log')}>
      {canLog && <NewLine operation={operation} />}
      {operation.log.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('operation.noLog')} />
      ) : (
        <ol className="lines" aria-live="polite">
          {operation.log.toReversed().map(({ id, at, side, entry, actorName }) => (
            <li key={id}>
              <div className="card-head">
                <span>
                  <time className="number">{stamp(at)}</time>{' '}
                  <Tag color={COLOUR[side] ?? 'default'}>{t(`word.side.${side}`)}</Tag>
                </span>
                <span className="quiet">{actorName}</span>
              </div>
              <div className="prose">{entry}</div>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
