import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { word } from '../../components/format.ts';
import type { Track } from './fine-rows.tsx';

type Service = Track['proposals'][number]['services'][number];

/** How a paper was served, each attempt. */
export function Services({ services }: { services: readonly Service[] }) {
  const { t } = useTranslation();
  if (services.length === 0) return null;
  return (
    <ul className="lines">
      {services.map((one) => (
        <li key={one.id}>
          {word('word.serviceWay', one.way)}{' '}
          {one.failedReason ? (
            <Tag color="error">{t('penalty.notServed')}</Tag>
          ) : (
            <b className="number">{one.servedOn}</b>
          )}{' '}
          {one.receiver} {one.receiverRole && word('word.receiverRole', one.receiverRole)}
          <div className="quiet">
            {[one.failedReason, one.place, one.refusal, one.witness, one.proof, one.serverNames.join('、')]
              .filter(Boolean)
              .join(' · ')}
          </div>
        </li>
      ))}
    </ul>
  );
}
