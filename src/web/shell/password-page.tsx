import { Alert, App, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { post } from '../api/client.ts';
import { problemOf } from '../api/problem.ts';
import { useState } from 'react';
import { useSession } from '../session.tsx';

type Values = { current: string; next: string; again: string };

/** A new password: by choice, or because an administrator set the one in use. */
export function PasswordPage() {
  const { t } = useTranslation();
  const { me, reload } = useSession();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [refusal, setRefusal] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async ({ current, next, again }: Values): Promise<void> => {
    if (next !== again) return form.setFields([{ name: 'again', errors: [t('shell.passwordAgain')] }]);
    setBusy(true);
    setRefusal(undefined);
    try {
      await post('/api/me/password', { current: current ?? '', next: next ?? '' });
      form.resetFields();
      void message.success(t('shell.passwordChanged'));
      await reload();
    } catch (error) {
      const problem = problemOf(error);
      setRefusal(problem?.detail ?? t('shell.serverError'));
      form.setFields(
        (problem?.errors ?? []).map(({ field, message }) => ({
          name: field as keyof Values,
          errors: [message],
        })),
      );
    }
    setBusy(false);
  };
  return (
    <div className="narrow-page">
      <h1>{t('shell.changePassword')}</h1>
      {me?.mustChangePassword && (
        <Alert type="info" showIcon title={t('shell.mustChangePassword')} className="gap" />
      )}
      {refusal && <Alert type="error" showIcon title={refusal} className="gap" role="alert" />}
      <Form<Values>
        form={form}
        layout="vertical"
        onFinish={(values) => void submit(values)}
        requiredMark={false}
      >
        {(['current', 'next', 'again'] as const).map((name) => (
          <Form.Item key={name} name={name} label={t(`field.password_${name}`)}>
            <Input.Password autoComplete={name === 'current' ? 'current-password' : 'new-password'} />
          </Form.Item>
        ))}
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('common.save')}
        </Button>
      </Form>
    </div>
  );
}
