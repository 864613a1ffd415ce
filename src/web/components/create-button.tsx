import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../session.tsx';
import type { Act } from './act.ts';
import { useKeys, useOpen } from './keys.tsx';

const ActDrawer = lazy(async () => ({ default: (await import('./act-drawer.tsx')).ActDrawer }));

type Props = {
  /** `party.register`: permission, texts and draft in one. */
  name: string;
  act: Act;
  /** The thing it is made from, where there is one. */
  from?: { id: string };
  /** Where what was made is. */
  to: (made: { id: string }) => string;
  isPrimary?: boolean;
};

/** Makes a new thing in a drawer and goes to it; not there for who may not. `n` is its key. */
export function CreateButton({ name, act, from, to, isPrimary = true }: Props) {
  const { t } = useTranslation();
  const { may } = useSession();
  const navigate = useNavigate();
  const [open, show, hide] = useOpen();
  const can = may(name);
  useKeys(can && isPrimary ? [{ keys: 'n', label: `action.${name}`, run: show }] : []);
  if (!can) return null;
  return (
    <>
      <Button type={isPrimary ? 'primary' : 'default'} icon={<PlusOutlined />} onClick={show}>
        {t(`action.${name}`)}
      </Button>
      {open && (
        <Suspense>
          <ActDrawer
            name={name}
            act={act}
            subject={{ id: from?.id ?? 'new' }}
            onClose={hide}
            onDone={(made) => void navigate(to(made as { id: string }))}
          />
        </Suspense>
      )}
    </>
  );
}
