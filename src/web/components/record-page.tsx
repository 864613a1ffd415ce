import { Alert, Breadcrumb, Descriptions, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '../api/problem.ts';
import { NotFoundPage } from '../shell/error-page.tsx';
import { stamp } from './format.ts';
import { LoadProblem } from './problem.tsx';

/** A fact of a thing: its text key, and what it is. Facts that are empty are not shown. */
export type Fact = { label: string; value: ReactNode; wide?: boolean };

/** A text as it was written, with its lines; nothing where there is none. */
export const prose = (text: string | null | undefined): ReactNode =>
  text && <span className="prose">{text}</span>;

/** What is known, in two columns. */
export function Facts({ facts }: { facts: readonly (Fact | false | null | undefined)[] }) {
  const { t } = useTranslation();
  const items = facts
    .filter((fact): fact is Fact => Boolean(fact) && fact !== null && fact !== undefined)
    .filter(({ value }) => value !== null && value !== undefined && value !== '' && value !== false)
    .map(({ label, value, wide }) => ({
      key: label,
      label: t(label),
      children: value,
      span: wide ? ('filled' as const) : 1,
    }));
  return <Descriptions size="small" column={{ xs: 1, sm: 1, md: 2 }} items={items} className="facts" />;
}

type Props = {
  /** Where it stands: list, number. */
  list: { to: string; label: string };
  number: string;
  title: ReactNode;
  tags?: ReactNode;
  voided?: { at: string | null; reason?: string | null };
  /** The action bar. */
  actions?: ReactNode;
  /** Clocks, papers: beside the facts on a desk, before them on a phone. */
  aside?: ReactNode;
  children: ReactNode;
};

/** The page of one thing: what it is and what is next above, facts left, clocks right, history below. */
export function RecordPage({ list, number, title, tags, voided, actions, aside, children }: Props) {
  const { t } = useTranslation();
  return (
    <article className="record">
      <header className="record-head">
        <Breadcrumb
          items={[{ title: <Link to={list.to}>{t(list.label)}</Link> }, { title: number }]}
          className="no-print"
        />
        <div className="record-title">
          <h1>{title}</h1>
          {tags}
        </div>
        {actions}
        {voided?.at && (
          <Alert
            type="error"
            showIcon
            title={t('common.voidedAt', { at: stamp(voided.at) })}
            description={voided.reason}
            className="gap"
          />
        )}
      </header>
      <div className="record-body">
        <div className="record-main">{children}</div>
        {aside && <aside className="record-aside">{aside}</aside>}
      </div>
    </article>
  );
}

/** What is shown of a thing until it has been read, or where it cannot be. */
export function Loading({ error }: { error: unknown }) {
  if (!error) return <Skeleton active paragraph={{ rows: 10 }} className="record" />;
  return problemOf(error)?.status === 404 ? <NotFoundPage /> : <LoadProblem error={error} />;
}
