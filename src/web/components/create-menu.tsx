import { PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../session.tsx';
import type { Act } from './act.ts';

const ActDrawer = lazy(async () => ({ default: (await import('./act-drawer.tsx')).ActDrawer }));

/** A thing that can be begun: permission, texts and draft in its name, and where what was made is. */
export type Making = { name: string; act: Act; to: (made: { id: string }) => string };

type Props = { from: { id: string }; makings: readonly Making[] };

/** What can be begun out of a thing, behind one button; those the user may. */
export function CreateMenu({ from, makings }: Props) {
  const { t } = useTranslation();
  const { may } = useSession();
  const navigate = useNavigate();
  const [open, setOpen] = useState<Making>();
  const allowed = makings.filter(({ name }) => may(name));
  if (allowed.length === 0) return null;
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: allowed.map(({ name }) => ({ key: name, label: t(`action.${name}`) })),
          onClick: ({ key }) => setOpen(allowed.find(({ name }) => name === key)),
        }}
      >
        <Button icon={<PlusOutlined />}>{t('common.begin')}</Button>
      </Dropdown>
      {open && (
        <Suspense>
          <ActDrawer
            key={open.name}
            name={open.name}
            act={open.act}
            subject={{ id: from.id }}
            onClose={() => setOpen(undefined)}
            onDone={(made) => void navigate(open.to(made as { id: string }))}
          />
        </Suspense>
      )}
    </>
  );
}
