import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../../api/hooks.ts';

/** For heads: how many limits run in each unit, and how many are past or near. */
export function UnitCounts({ chosen }: { chosen: string | undefined }) {
  const { t } = useTranslation();
  const { data } = useApi('/api/workbench/units', { staleTime: 60_000 });
  const units = (data?.items ?? []).filter(({ unitId }) => unitId !== null);
  if (units.length === 0) return null;
  return (
    <nav className="units" aria-label={t('workbench.units')}>
      {units.map((unit) => (
        <Link
          key={unit.unitId}
          to={chosen === unit.unitId ? '/' : `/?unitId=${unit.unitId}`}
          aria-current={chosen === unit.unitId ? 'true' : undefined}
        >
          <b>{unit.unitName}</b>
          <span className="due-error">{unit.overdue}</span> / <span className="due-warning">{unit.soon}</span>{' '}
          / {unit.later}
        </Link>
      ))}
    </nav>
  );
}
