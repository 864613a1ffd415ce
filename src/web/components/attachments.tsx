import { PaperClipOutlined, UploadOutlined } from '@ant-design/icons';
import { App, Button, Card, Checkbox, List, Space, Tag, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../api/client.ts';
import { useApi, useWrite } from '../api/hooks.ts';
import { problemOf } from '../api/problem.ts';
import { stamp } from './format.ts';

type Props = { kind: string; id: string; canAdd: boolean };

const sizeOf = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** What hangs on a thing: letters, photographs, recordings. */
export function Attachments({ kind, id, canAdd }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [confidential, setConfidential] = useState(false);
  const { data, error } = useApi('/api/attachments', { query: { subjectKind: kind, subjectId: id } });
  const add = useWrite((file: File) => {
    const form = new FormData();
    form.append('file', file);
    return upload('/api/attachments', form, {
      query: { subjectKind: kind, subjectId: id, ...(confidential ? { confidential: 'true' } : {}) },
    });
  });
  // Who may not see what hangs on it is not told that something does.
  if (problemOf(error)) return null;
  const button = (
    <Upload
      showUploadList={false}
      multiple
      customRequest={({ file, onSuccess, onError }) =>
        void add.mutateAsync(file as File).then(
          () => onSuccess?.({}),
          (refusal: unknown) => {
            void message.error(problemOf(refusal)?.detail ?? t('shell.serverError'));
            onError?.(refusal as Error);
          },
        )
      }
    >
      <Button size="small" icon={<UploadOutlined />} loading={add.isPending}>
        {t('common.attach')}
      </Button>
    </Upload>
  );
  return (
    <Card
      size="small"
      title={t('common.attachments')}
      extra={
        canAdd ? (
          <Space>
            {kind !== 'tip' && (
              <Checkbox checked={confidential} onChange={(event) => setConfidential(event.target.checked)}>
                {t('common.markConfidential')}
              </Checkbox>
            )}
            {button}
          </Space>
        ) : null
      }
    >
      {data?.items.length === 0 ? (
        <span className="quiet">{t('common.noAttachments')}</span>
      ) : (
        <List
          size="small"
          dataSource={data?.items ?? []}
          renderItem={(item) => (
            <List.Item>
              <a href={`/api/attachments/${item.id}/content`} download>
                <PaperClipOutlined /> {item.name}{' '}
                {item.isConfidential && <Tag color="gold">{t('common.confidential')}</Tag>}
              </a>
              <span className="quiet">
                {sizeOf(item.size)} · {stamp(item.createdAt)}
              </span>
            </List.Item>
          )}
        />
      )}
    </Card>
  );
}
