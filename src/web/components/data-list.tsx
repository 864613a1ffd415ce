import { SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Empty, Popover, Skeleton, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useApi } from '../api/hooks.ts';
import type { GetPath, QueryOf, RowOf } from '../api/types.ts';
import { useNarrow } from '../shell/narrow.ts';
import { useMe } from '../session.tsx';
import { ExportButton } from './export-button.tsx';
import { type Filter, FilterBar } from './filter-bar.tsx';
import { Pager, useRowKeys } from './paging.tsx';
import { ScrollTable } from './scroll-table.tsx';
import { LoadProblem } from './problem.tsx';

/** A column of a list; `label` is a text key, `field.<key>` where left out. */
export type Column<R> = {
  key: string;
  label?: string;
  render: (row: R) => ReactNode;
  width?: number | string;
  /** Not shown until it is chosen. */
  hidden?: boolean;
  align?: 'right';
};

type Props<P extends GetPath, R> = {
  path: P;
  /** Names the list for what is kept of it on this device. */
  name: string;
  columns: readonly Column<R>[];
  filters?: readonly Filter[];
  /** Filters that are not the reader's to change. */
  fixed?: QueryOf<P>;
  pathParams?: Record<string, string>;
  /** Where a row leads. */
  to?: (row: R) => string;
  /** A row on a phone. */
  card?: (row: R) => ReactNode;
  /** What an empty list says to do. */
  empty?: ReactNode;
  extra?: ReactNode;
};

/** Where a person's choice lies on this device: others may sit at it too. */
const placeOf = (name: string, person: string): string => `shian.columns.${person}.${name}`;

const keptColumns = (place: string): string[] | undefined => {
  const text = localStorage.getItem(place);
  return text ? text.split(',') : undefined;
};

function useColumns<R>(name: string, columns: readonly Column<R>[]) {
  const place = placeOf(name, useMe().id);
  const [shown, setShown] = useState(
    () => keptColumns(place) ?? columns.filter(({ hidden }) => !hidden).map(({ key }) => key),
  );
  const choose = (keys: string[]): void => {
    localStorage.setItem(place, keys.join(','));
    setShown(keys);
  };
  return [shown, choose] as const;
}

function ColumnChoice<R>({
  columns,
  shown,
  choose,
}: {
  columns: readonly Column<R>[];
  shown: string[];
  choose: (keys: string[]) => void;
}) {
  const { t } = useTranslation();
  const options = columns.map(({ key, label }) => ({ value: key, label: t(label ?? `field.${key}`) }));
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('common.columns')}
      content={
        <Checkbox.Group
          className="column"
          options={options}
          value={shown}
          onChange={(keys) => choose(keys as string[])}
        />
      }
    >
      <Button icon={<SettingOutlined />} aria-label={t('common.columns')} />
    </Popover>
  );
}

type Query = Record<string, string | string[]>;

/** The filters and the page of the address, with nothing in them that is empty. */
function useQueryOf(filters: readonly Filter[]): Query {
  const [params] = useSearchParams();
  const query: Query = {};
  for (const { name, kind } of filters) {
    const value = params.get(name);
    if (value) query[name] = kind === 'choices' ? value.split(',') : value;
  }
  const cursor = params.get('cursor');
  return cursor ? { ...query, cursor } : query;
}

/** A list of the API: filters and page in the address, columns to choose, and words where it is empty. */
export function DataList<P extends GetPath, R extends RowOf<P> & { id: string }>(props: Props<P, R>) {
  const { path, name, columns, filters = [], fixed, pathParams, to, card, empty, extra } = props;
  const { t } = useTranslation();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const query = useQueryOf(filters);
  const [shown, choose] = useColumns(name, columns);
  const [refusal, setRefusal] = useState<unknown>();
  const { data, error, isLoading, isPlaceholderData } = useApi(path, {
    query: { ...query, ...(fixed as object | undefined) } as QueryOf<P>,
    ...(pathParams ? { path: pathParams } : {}),
    keep: true,
  });
  const page = data as { items: R[]; next?: string | null } | undefined;
  const rows = page?.items ?? [];
  const at = useRowKeys(rows, to);
  const hasFilter = Object.keys(query).length > 0;
  const blank = (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={hasFilter ? t('common.noneFound') : (empty ?? t('common.none'))}
    />
  );
  const tableColumns: TableColumnsType<R> = columns
    .filter(({ key }) => shown.includes(key))
    .map(({ key, label, render, width, align }, place) => ({
      key,
      title: t(label ?? `field.${key}`),
      width: width ?? 'auto',
      ...(align ? { align } : {}),
      render: (_, row) => (place === 0 && to ? <Link to={to(row)}>{render(row)}</Link> : render(row)),
    }));
  return (
    <section className="list">
      <div className="list-tools no-print">
        <FilterBar filters={filters} />
        <span className="spring" />
        <ExportButton
          path={path}
          query={{ ...query, ...(fixed as Query | undefined) }}
          hidden={rows.length === 0}
          onError={setRefusal}
        />
        {extra}
        {!narrow && <ColumnChoice columns={columns} shown={shown} choose={choose} />}
      </div>
      <LoadProblem error={error} />
      <LoadProblem error={refusal} />
      {isLoading ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : narrow && card ? (
        rows.length === 0 ? (
          blank
        ) : (
          <ul className="cards">
            {rows.map((row) => (
              <li key={row.id}>{to ? <Link to={to(row)}>{card(row)}</Link> : card(row)}</li>
            ))}
          </ul>
        )
      ) : (
        <ScrollTable<R>
          label={t('common.list')}
          rowKey="id"
          size="middle"
          columns={tableColumns}
          dataSource={rows}
          pagination={false}
          loading={isPlaceholderData}
          locale={{ emptyText: blank }}
          rowClassName={(_, index) => (index === at ? 'row-at' : '')}
          onRow={(row) => (to ? { onDoubleClick: () => void navigate(to(row)) } : {})}
        />
      )}
      <Pager next={page?.next ?? null} />
    </section>
  );
}
