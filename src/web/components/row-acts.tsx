import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act, Subject } from './act.ts';

const ActDrawer = lazy(async () => ({
  default: (await import('./act-drawer.tsx')).ActDrawer,
}));

type Props = {
  kind: string;
  subject: Subject;
  acts: Record<string, Act>;
  /** Names the row for those who hear the page. */
  label: string;
  onDone?: (action: string, result: unknown) => void;
};

/** What may be done with a row of settings. */
export function RowActs({ kind, subject, acts, label, onDone }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string>();
  const names = Object.keys(acts);
  if (names.length === 0) return null;
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: names.map((name) => ({ key: name, label: t(`action.${kind}.${name}`) })),
          onClick: ({ key }) => setOpen(key),
        }}
      >
        <Button
          size="small"
          type="text"
          icon={<MoreOutlined />}
          aria-label={`${t('common.actions')} ${label}`}
        />
      </Dropdown>
      {open && (
        <Suspense>
          <ActDrawer
            name={`${kind}.${open}`}
            act={acts[open]!}
            subject={subject}
            onClose={() => setOpen(undefined)}
            onDone={(result) => onDone?.(open, result)}
          />
        </Suspense>
      )}
    </>
  );
}
