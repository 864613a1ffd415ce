import { Card, Collapse, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { word } from '../../components/format.ts';
import { Facts, prose } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import type { Track } from './fine-rows.tsx';
import { punishment } from './money.tsx';
import { Services } from './services.tsx';

type Proposal = Track['proposals'][number];
type Statement = Track['statements'][number];

/** What the party said, and what became of it. */
function Statements({ statements }: { statements: readonly Statement[] }) {
  const { t } = useTranslation();
  if (statements.length === 0) return null;
  return (
    <>
      <h2>{t('penalty.statements')}</h2>
      <ul className="lines">
        {statements.map((one) => (
          <li key={one.id}>
            <Tag>{t(`word.statementKind.${one.kind}`)}</Tag>
            {one.receivedOn} {one.byWhom} {one.isLate && <Tag color="warning">{t('penalty.late')}</Tag>}
            <p className="prose">{one.content}</p>
            {one.adopted && (
              <div>
                <b>{word('word.adopted', one.adopted)}</b> {one.recheck}{' '}
                <span className="quiet">{one.recheckedOn}</span>
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function OneProposal({ of, statements }: { of: Proposal; statements: readonly Statement[] }) {
  const { t } = useTranslation();
  return (
    <>
      <Facts
        facts={[
          { label: 'field.decisionKind', value: word('word.decisionKind', of.kind) },
          {
            label: 'kind.approval',
            value: of.approvalId && (
              <Link to={`/approvals/${of.approvalId}`}>{of.approvedOn ?? t('penalty.withHead')}</Link>
            ),
          },
          ...punishment(of),
          { label: 'field.foundFacts', value: prose(of.facts), wide: true },
          { label: 'field.evidence', value: prose(of.evidence), wide: true },
          { label: 'field.penaltyBasis', value: prose(of.basis), wide: true },
          { label: 'field.discretion', value: prose(of.reasons), wide: true },
          { label: 'penalty.hearingGrounds', value: of.hearingGrounds.join('；'), wide: true },
          { label: 'penalty.city', value: of.needsCity && t('penalty.needsCity'), wide: true },
          {
            label: 'field.changed',
            value:
              of.changed.length > 0 &&
              `${of.changed.map((one) => word('word.changed', one)).join('、')}：${of.changeReason ?? ''}`,
            wide: true,
          },
          { label: 'field.paperNumber', value: of.noticeNumber },
          { label: 'field.servedOn', value: of.servedOn },
          { label: 'penalty.windowEndsOn', value: of.windowEndsOn },
        ]}
      />
      <Services services={of.services} />
      <Statements statements={statements} />
    </>
  );
}

/** The proposed decision and its notice, what the party said to it; earlier ones below. */
export function NoticeCard({ track }: { track: Track }) {
  const { t } = useTranslation();
  const latest = track.proposals.at(-1);
  if (!latest) return null;
  const saidTo = (of: Proposal) => track.statements.filter(({ proposalId }) => proposalId === of.id);
  const title = (of: Proposal) => (
    <>
      {t('penalty.proposal', { no: of.no })} <StateTag kind="proposal" state={of.state} />
    </>
  );
  const earlier = track.proposals.slice(0, -1).toReversed();
  return (
    <Card size="small" title={title(latest)}>
      <OneProposal of={latest} statements={saidTo(latest)} />
      {earlier.length > 0 && (
        <Collapse
          ghost
          size="small"
          items={earlier.map((of) => ({
            key: of.id,
            label: title(of),
            children: <OneProposal of={of} statements={saidTo(of)} />,
          }))}
        />
      )}
    </Card>
  );
}
