import { Alert, Modal } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Blocker } from 'react-router';
import { problemOf } from '../api/problem.ts';
import type { Problem } from '../api/types.ts';

/** A refusal in words: what, why by which article, and the fields that have no place in the form. */
export function ProblemAlert({ problem }: { problem: Problem | undefined }) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  // It may stand far above the button that was pressed.
  useEffect(() => {
    if (problem && !problem.errors?.length) place.current?.scrollIntoView({ block: 'center' });
  }, [problem]);
  if (!problem) return null;
  const legal = [problem.gate, problem.article].filter(Boolean).join(' · ');
  const isStale = problem.status === 412;
  return (
    <div ref={place}>
      <Alert
        className="gap"
        role="alert"
        type={problem.status === 0 || isStale ? 'warning' : 'error'}
        showIcon
        title={problem.title}
        description={
          <>
            {problem.detail !== problem.title && <p>{problem.detail}</p>}
            {isStale && <p>{t('common.staleDetail')}</p>}
            {legal && <p className="quiet">{legal}</p>}
            {problem.errors?.map(({ field, message }) => (
              <p key={field + message}>
                <code>{field}</code> {message}
              </p>
            ))}
          </>
        }
      />
    </div>
  );
}

/** The refusal of something that was read. */
export const LoadProblem = ({ error }: { error: unknown }) => <ProblemAlert problem={problemOf(error)} />;

/** Asks before half-typed work is left. */
export function LeaveDialog({ blocker }: { blocker: Blocker }) {
  const { t } = useTranslation();
  return (
    <Modal
      open={blocker.state === 'blocked'}
      title={t('common.leave')}
      okText={t('common.leaveYes')}
      cancelText={t('common.leaveNo')}
      onOk={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    >
      {t('common.leaveDetail')}
    </Modal>
  );
}
