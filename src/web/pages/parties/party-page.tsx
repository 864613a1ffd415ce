import { EyeOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Empty } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/types.ts';
import { ActionBar } from '../../components/action-bar.tsx';
import { Attachments } from '../../components/attachments.tsx';
import { stamp, word } from '../../components/format.ts';
import { History } from '../../components/history.tsx';
import { LoadProblem } from '../../components/problem.tsx';
import { Facts, Loading, RecordPage } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { useSession } from '../../session.tsx';
import { partyActs } from './party-acts.ts';

type Party = AnswerOf<'/api/parties/{id}'>;

/** The number of a person's card: shown on a click, which is written down. */
function IdNumber({ party }: { party: Party }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const { may } = useSession();
  const { data, error } = useApi('/api/parties/{id}/identity', {
    path: { id: party.id },
    enabled: shown,
    staleTime: Infinity,
  });
  if (!party.idNumberMasked) return null;
  if (data) return <span className="number">{data.idNumber}</span>;
  return (
    <>
      <span className="number">{party.idNumberMasked}</span>{' '}
      {may('party.look_at_id') && (
        <Button size="small" icon={<EyeOutlined />} onClick={() => setShown(true)}>
          {t('tip.look')}
        </Button>
      )}
      <LoadProblem error={error} />
    </>
  );
}

type Line = { id: string; title: string; state: string; at: string };

function Lines({
  title,
  kind,
  base,
  lines,
}: {
  title: string;
  kind: string;
  base: string;
  lines: readonly Line[];
}) {
  if (lines.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul className="lines">
        {lines.map((line) => (
          <li key={line.id}>
            <Link to={`${base}/${line.id}`}>{line.title}</Link> <StateTag kind={kind} state={line.state} />{' '}
            <span className="quiet">{line.at}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the bureau has had to do with the party: tips, sources, cases, the newest first. */
function Dealings({ id }: { id: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const query = { partyId: id, limit: 20 };
  const tips = useApi('/api/tips', { query, enabled: may('tip.read') });
  const sources = useApi('/api/sources', { query, enabled: may('source.read') });
  const cases = useApi('/api/cases', { query, enabled: may('case.read') });
  const [tipRows, sourceRows, caseRows] = [
    tips.data?.items ?? [],
    sources.data?.items ?? [],
    cases.data?.items ?? [],
  ];
  return (
    <Card size="small" title={t('party.dealings')}>
      {tipRows.length + sourceRows.length + caseRows.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('party.noDealings')} />
      )}
      <div className="room">
        <Lines
          title={t('nav.cases')}
          kind="case"
          base="/cases"
          lines={caseRows.map((row) => ({
            id: row.id,
            title: row.title,
            state: row.state,
            at: row.filedOn ?? '',
          }))}
        />
        <Lines
          title={t('nav.sources')}
          kind="source"
          base="/sources"
          lines={sourceRows.map((row) => ({
            id: row.id,
            title: row.number,
            state: row.state,
            at: row.foundOn,
          }))}
        />
        <Lines
          title={t('nav.tips')}
          kind="tip"
          base="/tips"
          lines={tipRows.map((row) => ({
            id: row.id,
            title: row.number,
            state: row.state,
            at: stamp(row.receivedAt),
          }))}
        />
      </div>
    </Card>
  );
}

/** One operator: who it is, and everything the bureau has had to do with it. */
export function PartyPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { may } = useSession();
  const { data: party, error } = useApi('/api/parties/{id}', { path: { id } });
  if (!party) return <Loading error={error} />;
  return (
    <RecordPage
      list={{ to: '/parties', label: 'nav.parties' }}
      number={party.name}
      title={party.name}
      voided={{ at: party.voidedAt, reason: party.voidReason }}
      actions={<ActionBar kind="party" subject={party} actions={party.allowedActions} acts={partyActs} />}
    >
      {party.warnings.map(({ field, message }) => (
        <Alert key={field} type="warning" showIcon title={`${word('field', field)}：${message}`} />
      ))}
      <Card size="small" title={t('party.who')}>
        <Facts
          facts={[
            { label: 'field.kind', value: word('word.partyKind', party.kind) },
            { label: 'field.representative', value: party.representative },
            { label: 'field.uscc', value: party.uscc && <span className="number">{party.uscc}</span> },
            {
              label: 'field.foodLicence',
              value: party.foodLicence && <span className="number">{party.foodLicence}</span>,
            },
            { label: 'field.certificateName', value: party.certificateName },
            { label: 'field.idNumber', value: party.idNumberMasked && <IdNumber party={party} /> },
            { label: 'field.phone', value: party.phone },
            { label: 'field.otherContact', value: party.otherContact },
            { label: 'field.address', value: party.address, wide: true },
            { label: 'field.aliases', value: party.aliases.join('、'), wide: true },
          ]}
        />
      </Card>
      <Dealings id={id} />
      <Attachments kind="party" id={id} canAdd={may('party.attach') && !party.voidedAt} />
      <History path="/api/parties/{id}/history" id={id} kind="party" />
    </RecordPage>
  );
}
