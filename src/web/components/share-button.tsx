import { ShareAltOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';

type Props = { url: string; name: string };

/** Hands a paper to another program of the phone: a printer, a message; not there where nothing can take it. */
export function ShareButton({ url, name }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  if (typeof navigator.canShare !== 'function') return null;
  const share = async (): Promise<void> => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(String(answer.status));
    const file = new File([await answer.blob()], name, { type: 'application/pdf' });
    if (navigator.canShare({ files: [file] })) await navigator.share({ files: [file], title: name });
  };
  return (
    <Button
      icon={<ShareAltOutlined />}
      onClick={() =>
        void share().catch((error: unknown) => {
          // Who closes the sheet has changed his mind.
          if ((error as Error).name !== 'AbortError') void message.error(t('document.cannotShow'));
        })
      }
    >
      {t('document.share')}
    </Button>
  );
}
