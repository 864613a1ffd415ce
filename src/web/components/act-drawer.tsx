import { Alert, App, Button, Drawer, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNarrow } from '../shell/narrow.ts';
import type { Act, Subject } from './act.ts';
import { FormFields } from './form-fields.tsx';
import { useKeys } from './keys.tsx';
import { LeaveDialog, ProblemAlert } from './problem.tsx';
import { useApiForm } from './use-form.ts';

type Props = {
  /** `tip.accept`: names the draft and the texts. */
  name: string;
  act: Act;
  subject: Subject;
  onClose: () => void;
  onDone?: (result: unknown) => void;
};

/** What an act asks, beside the thing it is done to; sent with Ctrl+Enter. */
export function ActDrawer({ name, act, subject, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const narrow = useNarrow();
  const task = useApiForm({
    draft: `${name}.${subject.id}`,
    initial: act.initial?.(subject) ?? {},
    send: (values, key) => act.send(subject, values, key),
    onDone: (result) => {
      void message.success(t('common.done', { what: t(`action.${name}`) }));
      onClose();
      onDone?.(result);
    },
  });
  useKeys([{ keys: 'ctrl+Enter', label: 'common.sendKey', run: task.submit, inFields: true }]);
  const isAsked = act.fields.length > 0 || act.Body !== undefined;
  return (
    <Drawer
      open
      onClose={onClose}
      title={t(`action.${name}`)}
      size={narrow ? '100%' : act.Body ? 760 : 560}
      placement={narrow ? 'bottom' : 'right'}
      footer={
        <div className="drawer-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" danger={act.danger ?? false} loading={task.busy} onClick={task.submit}>
            {t(`action.${name}`)}
          </Button>
        </div>
      }
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
      {act.danger && (
        <Alert
          className="gap"
          type="warning"
          showIcon
          title={t('common.danger', { what: t(`action.${name}`) })}
        />
      )}
      {!isAsked && <p>{t('common.sure', { what: t(`action.${name}`) })}</p>}
      <Form
        form={task.form}
        layout="vertical"
        initialValues={task.initialValues}
        onValuesChange={task.onValuesChange}
        onFinish={task.submit}
      >
        <FormFields fields={act.fields} />
        {act.Body && <act.Body subject={subject} />}
      </Form>
      <LeaveDialog blocker={task.blocker} />
    </Drawer>
  );
}
