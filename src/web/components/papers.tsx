import { FileTextOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Card, Dropdown, List } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { post } from '../api/client.ts';
import { useApi, useWrite } from '../api/hooks.ts';
import { problemOf } from '../api/problem.ts';
import { useSession } from '../session.tsx';
import { StateTag } from './state-tag.tsx';

/** The title of a kind of paper in the language of the screens. */
export const usePaperTitle = () => {
  const { i18n } = useTranslation();
  return ({ titleZh, titleEn }: { titleZh: string; titleEn: string }): string =>
    i18n.language === 'en' ? titleEn : titleZh;
};

/** The papers about a thing: those there are, and those that can be drawn up from it. */
export function Papers({ kind, id, title = 'paper.title' }: { kind: string; id: string; title?: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const titleOf = usePaperTitle();
  const canRead = may('document.read');
  const { data } = useApi('/api/documents', {
    query: { subjectKind: kind, subjectId: id, limit: 100 },
    enabled: canRead,
  });
  const kinds = useApi('/api/documents/kinds', {
    query: { subjectKind: kind },
    enabled: canRead,
    staleTime: 600_000,
  });
  const draft = useWrite((paper: string) =>
    post('/api/documents', { kind: paper, subjectKind: kind, subjectId: id }),
  );
  if (!canRead || (kinds.data?.items.length === 0 && data?.items.length === 0)) return null;
  const begin = (paper: string): void =>
    void draft.mutateAsync(paper).then(
      (made) => navigate(`/documents/${made.id}`),
      (error: unknown) => void message.error(problemOf(error)?.detail ?? t('shell.serverError')),
    );
  const items = (kinds.data?.items ?? []).map((entry) => ({
    key: entry.kind,
    label: `${titleOf(entry)} ${entry.form}`,
  }));
  return (
    <Card
      size="small"
      title={t(title)}
      extra={
        may('document.draft') && items.length > 0 ? (
          <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => begin(key) }}>
            <Button size="small" icon={<PlusOutlined />} loading={draft.isPending}>
              {t('paper.new')}
            </Button>
          </Dropdown>
        ) : null
      }
    >
      {data && data.items.length === 0 ? (
        <span className="quiet">{t('paper.none')}</span>
      ) : (
        <List
          size="small"
          dataSource={data?.items ?? []}
          renderItem={(paper) => (
            <List.Item extra={<StateTag kind="document" state={paper.state} />}>
              <Link to={`/documents/${paper.id}`}>
                <FileTextOutlined /> {titleOf(paper)}
                <div className="quiet">{paper.number ?? paper.form}</div>
              </Link>
            </List.Item>
          )}
        />
      )}
    </Card>
  );
}
