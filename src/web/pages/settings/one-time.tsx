import { Modal, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

/** A secret that is shown once: a first password, a key. */
export function OneTime({
  secret,
  label,
  onClose,
}: {
  secret: string | undefined;
  label: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      open={secret !== undefined}
      onOk={onClose}
      onCancel={onClose}
      title={t(label)}
      cancelButtonProps={{ hidden: true }}
    >
      <p>{t('settings.onceOnly')}</p>
      <Typography.Text code copyable className="secret">
        {secret ?? ''}
      </Typography.Text>
    </Modal>
  );
}
