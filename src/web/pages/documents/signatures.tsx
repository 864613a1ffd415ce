import { Button, Tag } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/hooks.ts';
import { act } from '../../components/act.ts';
import { ActButton } from '../../components/act-button.tsx';
import { stamp } from '../../components/format.ts';
import { useOpen } from '../../components/keys.tsx';
import { useSession } from '../../session.tsx';

const SignDrawer = lazy(async () => ({ default: (await import('./sign-drawer.tsx')).SignDrawer }));

/** Takes one signature back. */
const withdrawing = (signatureId: string) =>
  act('/api/documents/{id}/withdraw-signatures', {
    danger: true,
    fields: [{ name: 'reason', kind: 'text', required: true, autoFocus: true }],
    body: (values) => ({ reason: values['reason'] as string, signatureId }),
  });

/** Who signed a paper on the glass, and the way to the pad; nothing for a paper that is not signed so. */
export function Signatures({ id }: { id: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [open, show, hide] = useOpen();
  const { data: signing } = useApi('/api/documents/{id}/signatures', { path: { id } });
  if (!signing) return null;
  const isOf = (name: string): boolean =>
    signing.allowedActions.some(({ action, allowed }) => action === name && allowed);
  const standing = signing.items.filter(({ withdrawnAt }) => !withdrawnAt);
  const isOpen = Object.values(signing.places).some((count) => count > 0) && isOf('sign');
  if (standing.length === 0 && !isOpen) return null;
  return (
    <section className="signatures" aria-label={t('sign.title')}>
      <ul className="lines">
        {standing.map(({ id: signatureId, role, name, capacity, refusalNote, signedAt }) => (
          <li key={signatureId} className="card-head">
            <span>
              <b>{name}</b>{' '}
              <span className="quiet">
                {[t(`word.signer.${role}`), capacity].filter(Boolean).join(' · ')}
              </span>{' '}
              {refusalNote && <Tag color="warning">{t('sign.refused')}</Tag>}
              <div className="quiet">{stamp(signedAt)}</div>
            </span>
            {isOf('withdraw_signatures') && (
              <ActButton
                name="document.withdraw_signatures"
                act={withdrawing(signatureId)}
                subject={{ id, version: signing.version }}
                size="small"
              />
            )}
          </li>
        ))}
      </ul>
      {isOpen && may('document.sign') && (
        <Button type="primary" ghost onClick={show}>
          {t('action.document.sign')}
        </Button>
      )}
      {open && (
        <Suspense>
          <SignDrawer signing={signing} onClose={hide} />
        </Suspense>
      )}
    </section>
  );
}
