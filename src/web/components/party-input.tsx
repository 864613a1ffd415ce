import { CloseOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Tag } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/hooks.ts';
import type { InputProps } from './inputs.tsx';

type Found = { id: string; name: string };

/** A party already known, found by name or code as it is typed; gives its id. */
export function PartyInput({ id, value, onChange, autoFocus }: InputProps<string>) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Found>();
  const deferred = useDeferredValue(text.trim());
  const { data } = useApi('/api/parties', {
    query: { q: deferred, limit: 10 },
    enabled: deferred.length >= 2,
    keep: true,
  });
  const known = useApi('/api/parties/{id}', {
    path: { id: value ?? '' },
    enabled: value !== undefined && chosen === undefined,
  });
  const shown = chosen ?? known.data;
  if (value && shown) {
    return (
      <div className="chosen-party">
        <Tag className="chosen">{shown.name}</Tag>
        <Button
          {...(id ? { id } : {})}
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('common.chooseOther')}
          title={t('common.chooseOther')}
          onClick={() => (setChosen(undefined), setText(''), onChange?.(undefined))}
        />
      </div>
    );
  }
  const options = (data?.items ?? []).map((party) => ({
    value: party.id,
    label: `${party.name} ${party.uscc ?? ''}`,
    party,
  }));
  return (
    <AutoComplete
      {...(id ? { id } : {})}
      autoFocus={autoFocus ?? false}
      defaultActiveFirstOption
      className="full"
      value={text}
      options={options}
      placeholder={t('common.findParty')}
      onSearch={setText}
      onSelect={(key: string, { party }: { party: Found }) => {
        setChosen(party);
        onChange?.(key);
      }}
    />
  );
}
