import { Alert, Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Allowed } from '../../api/types.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { Facts } from '../../components/record-page.tsx';
import { useSession } from '../../session.tsx';
import { RowActs } from '../../components/row-acts.tsx';
import type { Act } from '../../components/act.ts';
import type { Track } from './fine-rows.tsx';
import { Range, Yuan } from './money.tsx';
import { factActs, saleActs, violationActs } from './penalty-acts.ts';

type Violation = Track['violations'][number];

/** Corrections one may make: those whose permission one has. */
function useMine(kind: string, acts: Record<string, Act>): Record<string, Act> {
  const { may } = useSession();
  return Object.fromEntries(Object.entries(acts).filter(([name]) => may(`${kind}.${name}`)));
}

/** The law of the act and the law of today, with their sums; which applies where they differ. */
function Laws({ laws }: { laws: Violation['laws'] }) {
  const { t } = useTranslation();
  const shown = laws.differ ? (['act', 'decision'] as const) : ([laws.applied] as const);
  return shown.map((which) => {
    const law = which === 'act' ? laws.atAct : laws.atDecision;
    if (!law) return <div key={which}>{t(`penalty.noLaw.${which}`)}</div>;
    return (
      <div key={which}>
        {laws.differ && (
          <>
            {t(`penalty.law.${which}`)}{' '}
            {laws.applied === which && <Tag color="processing">{t('penalty.applies')}</Tag>}
          </>
        )}
        <ul className="sums">
          {law.arithmetic.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </div>
    );
  });
}

/** The tier of discretion and what it rests on. */
function Tier({ of }: { of: Violation }) {
  const { discretion, serious } = of;
  return (
    <>
      <Tag color={discretion.tier === 'normal' ? 'default' : 'warning'}>{discretion.name}</Tag>
      {discretion.reason}
      {[...discretion.factors, ...serious.circumstances].map(({ key, text, article }) => (
        <div key={key} className="quiet">
          {text} {article}
        </div>
      ))}
      {serious.circumstances.length > 0 && serious.consequence && <div>{serious.consequence}</div>}
    </>
  );
}

function OneViolation({ of, isOpen }: { of: Violation; isOpen: boolean }) {
  const { t } = useTranslation();
  const mine = useMine('violation', violationActs);
  const { limitation } = of;
  return (
    <section className="charge">
      <header>
        <b>{of.breached}</b>
        <span className="spring" />
        {isOpen && <RowActs kind="violation" subject={of} acts={mine} label={of.breached} />}
      </header>
      <p className="prose">{of.facts}</p>
      <Facts
        facts={[
          { label: 'field.fineRule', value: `${of.article} ${of.act}`, wide: true },
          {
            label: 'penalty.period',
            value: of.actFrom === of.actTo ? of.actTo : `${of.actFrom} – ${of.actTo}`,
          },
          { label: 'field.value', value: <Yuan of={of.value} /> },
          { label: 'field.tier', value: <Tier of={of} />, wide: true },
          { label: 'penalty.arithmetic', value: <Laws laws={of.laws} />, wide: true },
          { label: 'penalty.onlyIf', value: of.onlyIf, wide: true },
          { label: 'penalty.confiscate', value: of.confiscate, wide: true },
        ]}
      />
      {limitation.isOver && (
        <Alert type="error" showIcon className="gap" title={t('penalty.tooOld', { ...limitation })} />
      )}
    </section>
  );
}

/** One act with the norms it broke, fined once. */
function OneAct({ act, track, isOpen }: { act: Track['acts'][number]; track: Track; isOpen: boolean }) {
  const { t } = useTranslation();
  const broken = track.violations.filter(({ id }) => act.violationIds.includes(id));
  return (
    <>
      {track.acts.length > 1 && <h2>{t('penalty.act', { no: act.actNo })}</h2>}
      {broken.map((one) => (
        <OneViolation key={one.id} of={one} isOpen={isOpen} />
      ))}
      {broken.length > 1 && <p className="quiet">{t('penalty.heaviest', { article: act.article })}</p>}
    </>
  );
}

/** What was sold, and the gains counted from it. */
function Money({ track, isOpen }: { track: Track; isOpen: boolean }) {
  const { t } = useTranslation();
  const mine = useMine('sale', saleActs);
  const { sales, gains } = track;
  return (
    <>
      {sales.length > 0 && <h2>{t('penalty.sales')}</h2>}
      <ul className="lines">
        {sales.map((sale) => (
          <li key={sale.id} className="line-row">
            <div>
              {sale.what} {sale.quantity && `${sale.quantity} ${sale.unit ?? ''}`} <Yuan of={sale.amount} />
              <div className="quiet">
                {sale.soldFrom} – {sale.soldTo} · {sale.evidence}
              </div>
            </div>
            {isOpen && <RowActs kind="sale" subject={sale} acts={mine} label={sale.what} />}
          </li>
        ))}
      </ul>
      {gains && (
        <>
          <h2>
            {t('penalty.gains')}{' '}
            {gains.state === 'waiting' && <Tag color="warning">{t('penalty.gainsWait')}</Tag>}
          </h2>
          <ul className="sums">
            {gains.arithmetic.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p className="quiet">
            {gains.article} · {gains.reason}
          </p>
        </>
      )}
    </>
  );
}

const reached = ({ marks }: Track) => marks.filter((mark) => mark.reached);

/** All acts together, and which lines of the law the case reaches. */
function Total({ track }: { track: Track }) {
  const { t } = useTranslation();
  const isFined = track.acts.length > 0;
  return (
    <>
      <Facts
        facts={[
          { label: 'penalty.totalRange', value: isFined && <Range of={track.total.range} /> },
          { label: 'penalty.totalBand', value: isFined && <Range of={track.total.band} /> },
          {
            label: 'penalty.earlier',
            value: track.earlierPenalties > 0 && t('penalty.earlierCount', { count: track.earlierPenalties }),
          },
        ]}
      />
      {reached(track).map(({ id, title, arithmetic, article }) => (
        <Alert
          key={id}
          type={id.startsWith('K') || id.startsWith('FSLR') ? 'info' : 'error'}
          showIcon
          className="gap"
          title={title}
          description={
            <>
              <div>{arithmetic}</div>
              <small className="quiet">{article}</small>
            </>
          }
        />
      ))}
      <p className="quiet">{track.note}</p>
    </>
  );
}

/** What the case is punished for and how far, with every sum; entered and corrected here while the facts are open. */
export function ViolationsCard({ track, actions }: { track: Track; actions: readonly Allowed[] }) {
  const { t } = useTranslation();
  const own = actions.filter(({ action }) => factActs[action] !== undefined);
  const isOpen = own.some(({ allowed }) => allowed);
  const isEmpty = track.violations.length + track.sales.length + reached(track).length === 0;
  if (!isOpen && isEmpty) return null;
  return (
    <Card size="small" title={t('penalty.violations')}>
      {track.violations.length === 0 && <p className="quiet">{t('penalty.noViolation')}</p>}
      {track.acts.map((act) => (
        <OneAct key={act.actNo} act={act} track={track} isOpen={isOpen} />
      ))}
      <Money track={track} isOpen={isOpen} />
      <Total track={track} />
      {isOpen && (
        <ActionBar kind="case" subject={{ id: track.caseId }} actions={own} acts={factActs} hasKeys={false} />
      )}
    </Card>
  );
}
