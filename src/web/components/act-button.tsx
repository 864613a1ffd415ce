import { Button } from 'antd';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session.tsx';
import type { Act, Subject } from './act.ts';
import { useOpen } from './keys.tsx';

const ActDrawer = lazy(async () => ({ default: (await import('./act-drawer.tsx')).ActDrawer }));

type Props = {
  /** `goods.leave_on_site`: permission, texts and draft in one. */
  name: string;
  act: Act;
  subject: Subject;
  icon?: ReactNode;
  size?: 'small' | 'middle';
  type?: 'primary' | 'default' | 'text';
  onDone?: (result: unknown) => void;
};

/** One act behind one button, beside what it is done to; not there for who may not. */
export function ActButton({ name, act, subject, icon, size = 'middle', type = 'default', onDone }: Props) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [open, show, hide] = useOpen();
  if (!may(name)) return null;
  return (
    <>
      <Button size={size} type={type} {...(icon ? { icon } : {})} onClick={show}>
        {t(`action.${name}`)}
      </Button>
      {open && (
        <Suspense>
          <ActDrawer name={name} act={act} subject={subject} onClose={hide} {...(onDone ? { onDone } : {})} />
        </Suspense>
      )}
    </>
  );
}
