import { UploadOutlined } from '@ant-design/icons';
import { Alert, Button, Collapse, Modal, Table, Tag, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../api/client.ts';
import { useApi, useWrite } from '../../api/hooks.ts';
import { problemOf } from '../../api/problem.ts';
import type { BodyOf, PostedOf, Problem } from '../../api/types.ts';
import { LoadProblem, ProblemAlert } from '../../components/problem.tsx';
import { useSession } from '../../session.tsx';

type Imported = PostedOf<'/api/calendars'>;

/** What an import moved: every open clock, from which day to which. */
function Moved({ imported, onClose }: { imported: Imported; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      width={720}
      onOk={onClose}
      onCancel={onClose}
      cancelButtonProps={{ hidden: true }}
      title={t('settings.imported', { year: imported.year })}
    >
      <p>{t('settings.moved', { count: imported.movedCount })}</p>
      <Table
        size="small"
        rowKey="clockId"
        dataSource={imported.moved}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        columns={[
          { title: t('field.rule'), dataIndex: 'rule' },
          { title: t('field.subject'), render: (_, { subject }) => t(`kind.${subject.kind}`) },
          { title: t('settings.before'), render: (_, { before }) => before.targetOn ?? before.rawOn ?? '—' },
          { title: t('settings.after'), render: (_, { after }) => after.targetOn ?? after.rawOn ?? '—' },
        ]}
      />
    </Modal>
  );
}

function Import() {
  const { t } = useTranslation();
  const [imported, setImported] = useState<Imported>();
  const [problem, setProblem] = useState<Problem>();
  const write = useWrite((body: BodyOf<'/api/calendars'>) => post('/api/calendars', body));
  const read = async (file: File): Promise<void> => {
    setProblem(undefined);
    try {
      setImported(await write.mutateAsync(JSON.parse(await file.text()) as BodyOf<'/api/calendars'>));
    } catch (error) {
      setProblem(
        problemOf(error) ?? {
          type: '',
          status: 400,
          code: '',
          title: t('settings.notJson'),
          detail: t('settings.notJson'),
        },
      );
    }
  };
  return (
    <>
      <Upload
        accept=".json,application/json"
        showUploadList={false}
        beforeUpload={(file) => (void read(file), false)}
      >
        <Button icon={<UploadOutlined />} loading={write.isPending}>
          {t('action.calendar.import')}
        </Button>
      </Upload>
      <ProblemAlert problem={problem} />
      {imported && <Moved imported={imported} onClose={() => setImported(undefined)} />}
    </>
  );
}

/** The years that are loaded, each with its notice; what is not loaded is never guessed. */
export function CalendarTab() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { data, error } = useApi('/api/calendars');
  if (!data) return <LoadProblem error={error} />;
  const last = Math.max(...data.items.map(({ year }) => year));
  return (
    <>
      <div className="list-tools">
        <span className="quiet">{t('settings.calendarVersion', { version: data.version })}</span>
        <span className="spring" />
        {may('calendar.import') && <Import />}
      </div>
      <Alert className="gap" type="info" showIcon title={t('settings.lastYear', { year: last })} />
      <Collapse
        items={data.items
          .toSorted((a, b) => b.year - a.year)
          .map((item) => ({
            key: `${item.scope}${item.year}${item.kind}${item.revision}`,
            label: (
              <>
                {item.year} <Tag>{t(`word.calendarScope.${item.scope}`)}</Tag>{' '}
                <span className="quiet">{item.source}</span>
              </>
            ),
            children: (
              <div className="days">
                {item.days.map(({ date, name, isOffDay }) => (
                  <Tag key={date} color={isOffDay ? 'green' : 'orange'}>
                    {date} {name} {t(isOffDay ? 'settings.off' : 'settings.makeUp')}
                  </Tag>
                ))}
              </div>
            ),
          }))}
      />
    </>
  );
}
