import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { isRouteErrorResponse, Link, useNavigate, useRouteError } from 'react-router';
import { useSession } from '../session.tsx';
import { DeadEnd } from './dead-end.tsx';

function Ways() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <div className="ways">
      <Button onClick={() => void navigate(-1)}>{t('common.back')}</Button>
      <Link to="/">
        <Button type="primary">{t('nav.workbench')}</Button>
      </Link>
    </div>
  );
}

/** 404: no such page, or a thing that is not there, or not one's own. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <DeadEnd sign="404" title={t('shell.notFound')} detail={t('shell.notFoundDetail')}>
      <Ways />
    </DeadEnd>
  );
}

/** 403: what is missing, who can open it, and the way back. */
export function ForbiddenPage({ may }: { may: string[] }) {
  const { t } = useTranslation();
  const { me } = useSession();
  return (
    <DeadEnd
      sign="403"
      title={t('shell.forbidden')}
      detail={t('shell.forbiddenDetail', { permission: may.join(', '), name: me?.name ?? '' })}
    >
      <Ways />
    </DeadEnd>
  );
}

/** A page that broke: what was typed is kept as a draft. A newer version of the product may have been put in place. */
export function ErrorPage() {
  const { t } = useTranslation();
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />;
  const isStale = error instanceof TypeError && /import|module/i.test(error.message);
  return (
    <DeadEnd
      sign="500"
      title={t(isStale ? 'shell.newVersion' : 'shell.broken')}
      detail={t(isStale ? 'shell.newVersionDetail' : 'shell.brokenDetail')}
    >
      <Button type="primary" onClick={() => location.reload()}>
        {t('common.reload')}
      </Button>
    </DeadEnd>
  );
}
