import { Button, Card, Form } from 'antd';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import { StateTag } from '../../components/state-tag.tsx';
import type { ApiForm } from '../../components/use-form.ts';

/** Beside the form: operators that are meant, perhaps, and what has been reported of them. */
export function Beside({ task }: { task: ApiForm }) {
  const { t } = useTranslation();
  const name = (Form.useWatch(['respondent', 'name'], task.form) as string | undefined)?.trim() ?? '';
  const deferred = useDeferredValue(name);
  const enabled = deferred.length >= 2;
  const parties = useApi('/api/parties', { query: { q: deferred, limit: 5 }, enabled, keep: true });
  const tips = useApi('/api/tips', { query: { q: deferred, limit: 5 }, enabled, keep: true });
  if (!enabled) return <aside className="record-aside quiet">{t('entry.besideEmpty')}</aside>;
  const take = (id: string): void => {
    task.form.setFieldValue(['respondent', 'party', 'id'], id);
    task.onValuesChange();
  };
  return (
    <aside className="record-aside">
      <Card size="small" title={t('entry.parties')}>
        {parties.data?.items.length === 0 && <span className="quiet">{t('entry.noParties')}</span>}
        <ul className="lines">
          {parties.data?.items.map((party) => (
            <li key={party.id}>
              <b>{party.name}</b>
              <div className="quiet">{party.uscc ?? party.address}</div>
              <Button size="small" onClick={() => take(party.id)}>
                {t('entry.take')}
              </Button>
            </li>
          ))}
        </ul>
      </Card>
      <Card size="small" title={t('entry.tips')}>
        {tips.data?.items.length === 0 && <span className="quiet">{t('entry.noTips')}</span>}
        <ul className="lines">
          {tips.data?.items.map((tip) => (
            <li key={tip.id}>
              <Link to={`/tips/${tip.id}`} target="_blank">
                {tip.number}
              </Link>{' '}
              <StateTag kind="tip" state={tip.state} />
              <div className="quiet">
                {tip.respondentName} · {tip.productName} · {tip.receivedAt.slice(0, 10)}
              </div>
            </li>
          ))}
        </ul>
      </Card>
    </aside>
  );
}
