import { CloudSyncOutlined, DeleteOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/problem.tsx';
import type { Found } from '../goods/use-found-items.ts';
import { ItemForm } from './item-form.tsx';
import { isBlank, nextRow, repeated, type Row, rowOf } from './rows.ts';
import type { Entry } from './use-entry.ts';

/** Items that are written down here and not yet kept by the server: said so, until it has them. */
function Waiting({
  entry,
  rows,
  onOpen,
}: {
  entry: Entry;
  rows: readonly Row[];
  onOpen: (row: Row) => void;
}) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <Alert
      type="warning"
      className="gap"
      icon={<CloudSyncOutlined />}
      showIcon
      title={t('scene.waiting', { count: rows.length })}
      action={
        <Button size="small" loading={entry.saving} onClick={() => void entry.save()}>
          {t('scene.sendAgain')}
        </Button>
      }
      description={
        <ul className="lines">
          {rows.map((row) => (
            <li key={row.key} className="card-head">
              <span>
                {row.name} {row.quantity} {row.unit}
                {Object.values(row.errors ?? {}).map((message) => (
                  <div key={message} className="row-error">
                    {message}
                  </div>
                ))}
              </span>
              {!entry.unanswered.includes(row.key) && (
                <span>
                  <Button size="small" type="link" onClick={() => onOpen(row)}>
                    {t('scene.change')}
                  </Button>
                  <Button
                    size="small"
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={`${t('common.removeRow')} ${row.name}`}
                    onClick={() => entry.remove(row.key)}
                  />
                </span>
              )}
            </li>
          ))}
        </ul>
      }
    />
  );
}

/** The list of a seizure on a phone: one item at a time, each with the server as soon as it is written down. */
export function PhoneEntry({ entry, found }: { entry: Entry; found: readonly Found[] }) {
  const { rows, unanswered, setRows, last } = entry;
  const open = rows.findLast(({ key }) => !unanswered.includes(key));
  const latest = last ?? (found.length > 0 ? rowOf(found.at(-1)!) : undefined);
  useEffect(() => {
    if (!open) setRows((old) => [...old, nextRow(latest)]);
  }, [open, setRows, latest]);
  if (!open) return null;
  const waiting = rows.filter((row) => row !== open && !isBlank(row));
  const toEnd = (row: Row): void =>
    setRows((old) => [...old.filter((one) => one.key !== row.key && !isBlank(one)), row]);
  const save = async (): Promise<void> => {
    const isSaved = await entry.save();
    if (isSaved) document.getElementById('item-name')?.focus();
  };
  const repeat = (row: Row): void =>
    setRows((old) => [...old.filter(({ key }) => key !== open.key), repeated(row)]);
  return (
    <>
      {/* What waits for the line is said below. */}
      {unanswered.length === 0 && <ProblemAlert problem={entry.problem} />}
      <Waiting entry={entry} rows={waiting} onOpen={toEnd} />
      <ItemForm
        entry={entry}
        row={open}
        number={found.length + waiting.length + 1}
        onSave={() => void save()}
        onRepeat={latest && (() => repeat(latest))}
      />
    </>
  );
}
