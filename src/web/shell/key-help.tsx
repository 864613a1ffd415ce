import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Hotkey, useKeyList, useKeys } from '../components/keys.tsx';

/** `?`: the keys that mean something on the page in front. */
export function KeyHelp() {
  const { t } = useTranslation();
  const list = useKeyList();
  const [shown, setShown] = useState<Hotkey[] | null>(null);
  useKeys([{ keys: '?', label: 'shell.keys', run: () => setShown(list()) }]);
  // Wherever the cursor is: the list came up without a click.
  useKeys(
    shown ? [{ keys: 'Escape', label: 'common.cancel', run: () => setShown(null), inFields: true }] : [],
  );
  return (
    <Modal open={shown !== null} onCancel={() => setShown(null)} footer={null} title={t('shell.keys')}>
      <dl className="keys">
        {shown?.map(({ keys, label }) => (
          <div key={keys + label}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(label)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
