import { Button, Empty, Segmented, Skeleton, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useAttended } from '../../api/attended.ts';
import { useApi } from '../../api/hooks.ts';
import type { RowOf } from '../../api/types.ts';
import { actName } from '../../components/act.ts';
import { DueDay, Why } from '../../components/due.tsx';
import { word } from '../../components/format.ts';
import { Pager, useRowKeys } from '../../components/paging.tsx';
import { LoadProblem } from '../../components/problem.tsx';
import { useMe, useSession } from '../../session.tsx';
import { linkOf } from '../links.ts';
import { UnitCounts } from './unit-counts.tsx';

type Row = RowOf<'/api/workbench'>;

/** Where a row leads: what is done is done on the page of the thing; an approval or a paper has its own. */
function placeOf({ what, id, subject }: Row): string {
  if (what === 'approval') return linkOf({ kind: 'approval', id });
  if (what === 'draft') return linkOf({ kind: 'document', id });
  return linkOf(subject);
}

const nextOf = (row: Row): string =>
  row.nextAction ? `${placeOf(row)}?act=${row.nextAction}` : placeOf(row);

/** The kind of thing whose act is next. */
const kindOf = ({ what, subject }: Row): string =>
  what === 'approval' ? 'approval' : what === 'draft' ? 'document' : subject.kind;

/** What kind of work it is: the matter of an approval, the limit that runs, a result to be verified. */
function Work({ row }: { row: Row }) {
  const { t } = useTranslation();
  if (row.what === 'clock' && row.rule) {
    return (
      <Why clock={{ id: row.id, rule: row.rule, ruleTitle: row.ruleTitle ?? '' }}>
        <span className="work">{row.ruleTitle}</span> <span className="quiet">{row.article}</span>
      </Why>
    );
  }
  const detail = row.what === 'approval' ? word('word.matter', row.detail?.replace('.', '_')) : '';
  return (
    <span className="work">
      {t(`workbench.what.${row.what}`)} {detail}
    </span>
  );
}

function Line({ row, isAt }: { row: Row; isAt: boolean }) {
  const { t } = useTranslation();
  return (
    <li data-urgency={row.urgency ?? 'later'} className={isAt ? 'row-at' : ''}>
      <div className="thing">
        <Link to={placeOf(row)}>
          {word('kind', kindOf(row))} <b className="number">{row.number}</b>
        </Link>
        <div className="clip wide-clip">{row.title}</div>
      </div>
      <div className="why">
        <Work row={row} />
      </div>
      <div className="when">
        <DueDay on={row.targetOn} days={row.daysLeft} urgency={row.urgency} />
        {row.isPaused && <Tag color="processing">{t('state.clock.paused')}</Tag>}
      </div>
      <Link to={nextOf(row)} className="next">
        <Button type={row.urgency === 'later' || row.urgency === null ? 'default' : 'primary'} tabIndex={-1}>
          {row.nextAction ? t(`action.${actName(kindOf(row), row.nextAction)}`) : t('common.look')}
        </Button>
      </Link>
    </li>
  );
}

/** How much there is of each, at a glance. */
function Counts({ counts }: { counts: { overdue: number; soon: number; later: number } }) {
  const { t } = useTranslation();
  return (
    <dl className="counts">
      {(['overdue', 'soon', 'later'] as const).map((key) => (
        <div key={key} data-urgency={key}>
          <dt>{t(`workbench.${key}`)}</dt>
          <dd>{counts[key]}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The page of the address: whose, which unit's, from where on. */
function useWorkbench() {
  const [params] = useSearchParams();
  const attended = useAttended();
  const whose: 'me' | 'nobody' = params.get('whose') === 'nobody' ? 'nobody' : 'me';
  const [unitId, cursor] = [params.get('unitId') ?? undefined, params.get('cursor') ?? undefined];
  const answer = useApi('/api/workbench', {
    query: { whose, limit: 50, ...(unitId ? { unitId } : {}), ...(cursor ? { cursor } : {}) },
    keep: true,
    ...(attended ? { refetchInterval: 120_000 } : {}),
  });
  return { whose, unitId, ...answer };
}

/** What waits for me, by the day it must be done. */
export function WorkbenchPage() {
  const { t } = useTranslation();
  const me = useMe();
  const { may } = useSession();
  const [, setParams] = useSearchParams();
  const { whose, unitId, data, error, isLoading } = useWorkbench();
  const rows = data?.items ?? [];
  const at = useRowKeys(rows, nextOf);
  const isHead = me.bureau !== null && may('tip.assign');
  return (
    <>
      <div className="list-tools">
        <h1>{t('nav.workbench')}</h1>
        <span className="spring" />
        {isHead && (
          <Segmented
            value={whose}
            onChange={(key) => setParams(key === 'nobody' ? { whose: 'nobody' } : {})}
            options={['me', 'nobody'].map((key) => ({ value: key, label: t(`workbench.whose.${key}`) }))}
          />
        )}
      </div>
      {data && <Counts counts={data.counts} />}
      {isHead && <UnitCounts chosen={unitId} />}
      <LoadProblem error={error} />
      {isLoading && <Skeleton active paragraph={{ rows: 8 }} />}
      {data && rows.length === 0 && <Empty description={t('workbench.nothing')} />}
      <ul className="due-list">
        {rows.map((row, index) => (
          <Line key={`${row.what}${row.id}`} row={row} isAt={index === at} />
        ))}
      </ul>
      <Pager next={data?.next ?? null} />
    </>
  );
}
