import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { LeaveDialog } from '../../components/problem.tsx';
import { Loading } from '../../components/record-page.tsx';
import { useNarrow } from '../../shell/narrow.ts';
import { useSession } from '../../session.tsx';
import { useFoundItems } from '../goods/use-found-items.ts';
import { DeskGrid } from './desk-grid.tsx';
import { PhoneEntry } from './phone-entry.tsx';
import { SavedItems } from './saved-items.tsx';
import { SceneSteps } from './steps.tsx';
import { useEntry } from './use-entry.ts';

/** What an inspection found, written down on the spot: item by item on a phone, as a grid at a desk. */
export function ItemsPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const narrow = useNarrow();
  const { may } = useSession();
  const { data: inspection, error } = useApi('/api/inspections/{id}', { path: { id } });
  const found = useFoundItems(id);
  const entry = useEntry(id);
  if (!inspection) return <Loading error={error} />;
  const isOpen = inspection.state !== 'planned' && !inspection.voidedAt;
  const canSeize = inspection.state === 'under_way' && may('measure.execute_urgent');
  return (
    <article className="scene-page">
      <header className="record-head">
        <Link to={`/inspections/${id}`} className="quiet no-print">
          ← {inspection.subjectMatter}
        </Link>
        <h1>{t('scene.items')}</h1>
        <SceneSteps at="items" inspectionId={id} />
      </header>
      {!isOpen && <Alert type="warning" showIcon title={t('scene.notStarted')} />}
      {isOpen && (narrow ? <PhoneEntry entry={entry} found={found.items} /> : <DeskGrid entry={entry} />)}
      <SavedItems items={found.items} photos={entry.photos} hasMore={found.hasMore} more={found.more} />
      {canSeize && found.items.length > 0 && (
        <div className="scene-foot">
          <LinkButton type="primary" size="large" to={`/inspections/${id}/seize`}>
            {t('scene.toSeize')}
          </LinkButton>
        </div>
      )}
      <LeaveDialog blocker={entry.blocker} />
    </article>
  );
}
