import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Alert, Button, Popover, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../api/client.ts';
import type { AnswerOf, RowOf } from '../../api/types.ts';
import { type Column, DataList } from '../../components/data-list.tsx';
import type { Filter } from '../../components/filter-bar.tsx';
import { stamp, word } from '../../components/format.ts';
import { problemOf } from '../../api/problem.ts';
import { useSession } from '../../session.tsx';

type Row = Omit<RowOf<'/api/audit'>, 'id'> & { id: number };

const actionOf = (action: string): string => {
  const [kind = '', verb = ''] = action.split('.');
  return `${word('kind', kind)} · ${word(`action.${kind}`, verb)}`;
};

/** What the entry holds besides; never who reported. */
function Detail({ row }: { row: Row }) {
  const { t } = useTranslation();
  if (row.detail === null || row.detail === undefined || JSON.stringify(row.detail) === '{}') return null;
  return (
    <Popover trigger="click" content={<pre className="detail">{JSON.stringify(row.detail, null, 2)}</pre>}>
      <Button size="small" type="link">
        {t('audit.detail')}
      </Button>
    </Popover>
  );
}

const COLUMNS: Column<Row>[] = [
  { key: 'at', render: ({ at }) => <span className="number">{stamp(at)}</span>, width: 150 },
  {
    key: 'actorName',
    render: ({ actorName, actorKind }) => (
      <>
        {actorName} {actorKind !== 'user' && <Tag>{word('word.actorKind', actorKind)}</Tag>}
      </>
    ),
    width: 170,
  },
  { key: 'auditAction', render: ({ action }) => actionOf(action) },
  {
    key: 'subject',
    render: ({ subjectKind, subjectId }) => (
      <span className="quiet">
        {word('kind', subjectKind)} {subjectId.slice(0, 8)}
      </span>
    ),
    width: 200,
  },
  { key: 'detail', label: 'audit.detail', render: (row) => <Detail row={row} />, width: 90 },
  { key: 'requestId', render: ({ requestId }) => <span className="quiet">{requestId}</span>, hidden: true },
];

const FILTERS: Filter[] = [
  { name: 'action', kind: 'text', label: 'audit.action' },
  {
    name: 'subjectKind',
    kind: 'choice',
    label: 'field.subject',
    words: {
      prefix: 'kind',
      values: [
        'tip',
        'source',
        'case',
        'inspection',
        'operation',
        'sample',
        'measure',
        'goods',
        'clue_notice',
        'transfer',
        'approval',
        'document',
        'party',
        'user',
        'clock',
      ],
    },
  },
  { name: 'from', kind: 'day' },
  { name: 'to', kind: 'day' },
];

type Verified = AnswerOf<'/api/audit/verify'>;

/** Recomputes the sealed chain from the rows themselves. */
function VerifyChain() {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Verified>();
  const [refusal, setRefusal] = useState<string>();
  const verify = async (): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    await get('/api/audit/verify').then(setResult, (error: unknown) => setRefusal(problemOf(error)?.detail));
    setBusy(false);
  };
  return (
    <div className="gap">
      <Button icon={<SafetyCertificateOutlined />} loading={busy} onClick={() => void verify()}>
        {t('action.audit.verify')}
      </Button>
      {(result ?? refusal) && (
        <Alert
          className="gap verified"
          showIcon
          type={result?.ok ? 'success' : 'error'}
          title={result?.sentence ?? refusal}
          description={result?.lastRoot && <code className="hash">{result.lastRoot}</code>}
        />
      )}
    </div>
  );
}

/** Who did what, under which role. */
export function AuditPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <>
      <h1>{t('nav.audit')}</h1>
      {may('audit.verify') && <VerifyChain />}
      {may('audit.read') && (
        <DataList<'/api/audit', Row & { id: never }>
          path="/api/audit"
          name="audit"
          columns={COLUMNS}
          filters={FILTERS}
          empty={t('common.none')}
        />
      )}
    </>
  );
}
