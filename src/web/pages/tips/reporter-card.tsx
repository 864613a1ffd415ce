import { EyeOutlined, LockOutlined } from '@ant-design/icons';
import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/types.ts';
import { LoadProblem } from '../../components/problem.tsx';
import { Facts } from '../../components/record-page.tsx';
import { useSession } from '../../session.tsx';

type Tip = AnswerOf<'/api/tips/{id}'>;

function Reporter({ id }: { id: string }) {
  const { data, error } = useApi('/api/tips/{id}/reporter', { path: { id }, staleTime: Infinity });
  if (!data) return <LoadProblem error={error} />;
  return (
    <Facts
      facts={[
        { label: 'field.reporterName', value: data.name },
        { label: 'field.phone', value: data.phone },
        { label: 'field.idNumber', value: data.idNumber },
        { label: 'field.email', value: data.email },
        { label: 'field.organisation', value: data.organisation },
        { label: 'field.otherContact', value: data.otherContact },
        { label: 'field.address', value: data.address, wide: true },
      ]}
    />
  );
}

/** Who reported: shown only on a click, for each look is written down. */
export function ReporterCard({ tip }: { tip: Tip }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [shown, setShown] = useState(false);
  const canLook = may('tip.look_at_reporter') && tip.reporter !== 'none';
  return (
    <Card
      size="small"
      title={
        <>
          <LockOutlined /> {t('tip.reporter')}
        </>
      }
      extra={
        canLook && !shown ? (
          <Button size="small" icon={<EyeOutlined />} onClick={() => setShown(true)}>
            {t('tip.look')}
          </Button>
        ) : null
      }
    >
      {shown ? (
        <Reporter id={tip.id} />
      ) : (
        <span className="quiet">{t(`tip.reporterIs.${tip.reporter}`)}</span>
      )}
    </Card>
  );
}
