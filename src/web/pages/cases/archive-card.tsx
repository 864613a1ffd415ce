import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { word } from '../../components/format.ts';
import { Facts } from '../../components/record-page.tsx';
import type { CaseFile } from './archive-acts.ts';

type Volume = CaseFile['volumes'][number];

const pagesOf = ({ fromPage, toPage }: Volume['items'][number]): string =>
  fromPage === toPage ? String(fromPage) : `${fromPage}–${toPage}`;

/** The table of contents of one volume (#55). */
function Contents({ of }: { of: Volume }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3>
        {word('word.volume', of.volume)}{' '}
        <span className="quiet">{t('penalty.volumePages', { pages: of.pages })}</span>
      </h3>
      <table className="sums contents">
        <thead>
          <tr>
            <th>{t('penalty.fileNo')}</th>
            <th>{t('field.fileTitle')}</th>
            <th>{t('field.fileMadeOn')}</th>
            <th>{t('penalty.filePages')}</th>
          </tr>
        </thead>
        <tbody>
          {of.items.map((item) => (
            <tr key={item.no}>
              <td>{item.no}</td>
              <td>
                {item.title} <span className="quiet">{item.number}</span>
              </td>
              <td>{item.madeOn}</td>
              <td>{pagesOf(item)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The file of a closed case: how it would be bound, or how it was, and how long it is kept. */
export function ArchiveCard({ file }: { file: CaseFile | undefined }) {
  const { t } = useTranslation();
  if (!file) return null;
  return (
    <Card size="small" title={t('penalty.file')}>
      {file.isBound ? (
        <Facts
          facts={[
            { label: 'field.archiveNumber', value: file.archiveNumber },
            { label: 'field.retention', value: file.retention && word('word.retention', file.retention) },
            { label: 'penalty.keepUntil', value: file.keepUntil ?? t('penalty.keepForGood') },
            { label: 'field.filedBy', value: file.filedBy },
            { label: 'field.checkedBy', value: file.checkedBy },
            { label: 'field.archiveNote', value: file.note, wide: true },
          ]}
        />
      ) : (
        <p className="quiet">{t('penalty.fileProposed')}</p>
      )}
      {file.volumes.map((of) => (
        <Contents key={of.volume} of={of} />
      ))}
      <div className="quiet">{file.article}</div>
    </Card>
  );
}
