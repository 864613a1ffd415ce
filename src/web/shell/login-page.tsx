import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/problem.ts';
import { setLocale } from '../i18n.ts';
import { keptLogin, useSession } from '../session.tsx';

type Values = { login: string; password: string };

function LoginForm({ login }: { login?: string }) {
  const { t } = useTranslation();
  const { logIn } = useSession();
  const [refusal, setRefusal] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (values: Values): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    await logIn(login ?? values.login ?? '', values.password ?? '').catch((error: unknown) =>
      setRefusal(problemOf(error)?.detail ?? t('shell.serverError')),
    );
    setBusy(false);
  };
  return (
    <Form<Values> layout="vertical" onFinish={(values) => void submit(values)} requiredMark={false}>
      {refusal && <Alert type="error" showIcon title={refusal} className="gap" role="alert" />}
      {login === undefined && (
        <Form.Item name="login" label={t('field.login')}>
          <Input autoFocus autoComplete="username" size="large" />
        </Form.Item>
      )}
      <Form.Item name="password" label={t('field.password')}>
        <Input.Password autoFocus={login !== undefined} autoComplete="current-password" size="large" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy} block size="large">
        {t('shell.logIn')}
      </Button>
    </Form>
  );
}

/** The door. */
export function LoginPage() {
  const { t, i18n } = useTranslation();
  return (
    <main className="door">
      <section>
        <h1>
          <img src={new URL('../icon.svg', import.meta.url).href} alt="" width={40} height={40} />
          {t('shell.product')}
        </h1>
        <p>{t('shell.productLine')}</p>
        <LoginForm />
        <footer>
          <Button type="link" onClick={() => void setLocale(i18n.language === 'en' ? 'zh' : 'en')}>
            {i18n.language === 'en' ? '中文' : 'English'}
          </Button>
          <a href="/report">{t('shell.publicReport')}</a>
          <a href="/follow">{t('shell.publicFollow')}</a>
        </footer>
      </section>
    </main>
  );
}

/** The session has ended: the page behind stays as it was typed, and goes on after the password. */
export function LoginAgain() {
  const { t } = useTranslation();
  const { me, logOut } = useSession();
  const [login] = useState(keptLogin);
  return (
    <Modal open closable={false} footer={null} title={t('shell.expired', { name: me?.name ?? '' })}>
      <p>{t('shell.expiredDetail')}</p>
      <LoginForm {...(login ? { login } : {})} />
      <Button type="link" block onClick={() => void logOut(false)}>
        {t('shell.logOut')}
      </Button>
    </Modal>
  );
}
