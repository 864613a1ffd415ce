import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ClipboardEvent, type KeyboardEvent, memo, useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../../components/keys.tsx';
import { ProblemAlert } from '../../components/problem.tsx';
import { CATEGORIES, MEASURED, PRICE_BASES } from '../goods/goods-words.ts';
import { FIELDS, type FieldName, isBlank, nextRow, type Row } from './rows.ts';
import { isSheet, linesOf, type Words } from './sheet.ts';
import type { Entry } from './use-entry.ts';

const CHOICES: Partial<Record<FieldName, { values: readonly string[]; prefix: string }>> = {
  category: { values: CATEGORIES, prefix: 'word.goodsCategory' },
  measured: { values: MEASURED, prefix: 'word.measured' },
  priceBasis: { values: PRICE_BASES, prefix: 'word.priceBasis' },
};

const LABELS: Partial<Record<FieldName, string>> = {
  name: 'field.itemName',
  price: 'field.unitPrice',
  category: 'field.itemCategory',
};

const labelOf = (field: FieldName): string => LABELS[field] ?? `field.${field}`;

type CellProps = { row: Row; field: FieldName; at: number; change: Entry['change'] };

function Cell({ row, field, at, change }: CellProps) {
  const { t } = useTranslation();
  const choice = CHOICES[field];
  const error = row.errors?.[field];
  const common = {
    id: `cell-${at}-${field}`,
    'aria-label': `${t(labelOf(field))} ${at + 1}`,
    'aria-invalid': error !== undefined,
    title: error ?? '',
    value: row[field],
    onChange: ({ target }: { target: { value: string } }) => change(row.key, { [field]: target.value }),
  };
  // What was pasted and is no choice stays to be seen, with what the server says of it.
  const known = choice?.values.includes(row[field]) || row[field] === '';
  return (
    <td data-field={field}>
      {choice ? (
        <select {...common}>
          {!known && <option value={row[field]}>{row[field]}</option>}
          {choice.values.map((value) => (
            <option key={value} value={value}>
              {t(`${choice.prefix}.${value}`)}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          inputMode={field === 'quantity' || field === 'price' ? 'decimal' : 'text'}
          autoComplete="off"
        />
      )}
      {error && <span className="row-error">{error}</span>}
    </td>
  );
}

type LineProps = {
  row: Row;
  at: number;
  isLocked: boolean;
  change: Entry['change'];
  remove: Entry['remove'];
};

/** One line of the grid; drawn again only where it has changed. */
const Line = memo(function Line({ row, at, isLocked, change, remove }: LineProps) {
  const { t } = useTranslation();
  return (
    <tr inert={isLocked} data-locked={isLocked}>
      <th scope="row">{at + 1}</th>
      {FIELDS.map((field) => (
        <Cell key={field} row={row} field={field} at={at} change={change} />
      ))}
      <td>
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={`${t('common.removeRow')} ${at + 1}`}
          onClick={() => remove(row.key)}
        />
      </td>
    </tr>
  );
});

/** The words of the choices in the language of the screens, for what is pasted. */
function useWords(): Words {
  const { t } = useTranslation();
  return useMemo(
    () =>
      Object.fromEntries(
        Object.entries(CHOICES).map(([field, { values, prefix }]) => [
          field,
          new Map(values.map((value) => [t(`${prefix}.${value}`), value])),
        ]),
      ),
    [t],
  );
}

/** The list at a desk: typed cell by cell, or pasted out of a sheet; refusals stand in their cells. */
export function DeskGrid({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const { rows, unanswered, setRows, change, remove, last } = entry;
  const words = useWords();
  const filled = rows.filter((row) => !isBlank(row)).length;
  const save = useCallback(() => void entry.save(), [entry]);
  useKeys([{ keys: 'ctrl+Enter', label: 'common.sendKey', run: save, inFields: true }]);
  useEffect(() => {
    if (rows.length === 0) setRows(() => [nextRow(last)]);
  }, [rows.length, setRows, last]);
  const paste = (event: ClipboardEvent<HTMLTableElement>): void => {
    const text = event.clipboardData.getData('text');
    const [, at, from] = /^cell-(\d+)-(\w+)$/.exec((event.target as HTMLElement).id) ?? [];
    if (at === undefined || !isSheet(text)) return;
    event.preventDefault();
    const columns = FIELDS.slice(FIELDS.indexOf(from as FieldName));
    const lines = linesOf(text, { columns, words });
    setRows((old) => {
      const first = Number(at);
      const over = lines.map((line, n) => ({
        ...(old[first + n] ?? nextRow(old.at(-1))),
        ...line,
        errors: {},
      }));
      return [...old.slice(0, first), ...over, ...old.slice(first + lines.length)];
    });
  };
  const onKey = (event: KeyboardEvent<HTMLTableElement>): void => {
    if (event.key !== 'Enter' || event.ctrlKey || event.nativeEvent.isComposing) return;
    const [, at, field] = /^cell-(\d+)-(\w+)$/.exec((event.target as HTMLElement).id) ?? [];
    if (at === undefined || event.target instanceof HTMLSelectElement) return;
    event.preventDefault();
    if (Number(at) === rows.length - 1) setRows((old) => [...old, nextRow(old.at(-1))]);
    requestAnimationFrame(() => document.getElementById(`cell-${Number(at) + 1}-${field}`)?.focus());
  };
  return (
    <section className="panel grid-panel">
      <ProblemAlert problem={entry.problem} />
      <p className="quiet">{t('scene.pasteHelp')}</p>
      <div className="grid-scroll" tabIndex={0} role="region" aria-label={t('scene.grid')}>
        <table className="entry-grid" onPaste={paste} onKeyDown={onKey}>
          <thead>
            <tr>
              <th scope="col">{t('field.foundNo')}</th>
              {FIELDS.map((field) => (
                <th key={field} scope="col" data-field={field}>
                  {t(labelOf(field))}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <Line
                key={row.key}
                row={row}
                at={at}
                isLocked={entry.saving || unanswered.includes(row.key)}
                change={change}
                remove={remove}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className="action-row below">
        <Button icon={<PlusOutlined />} onClick={() => setRows((old) => [...old, nextRow(old.at(-1))])}>
          {t('goods.addLine')}
        </Button>
        <Button type="primary" loading={entry.saving} disabled={filled === 0} onClick={save}>
          {t('scene.save', { count: filled })}
        </Button>
      </div>
    </section>
  );
}
