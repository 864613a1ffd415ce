import { SearchOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Choice } from './fields.ts';

/** A filter of a list, kept in the address under the name the API knows it by. */
export type Filter = {
  name: string;
  kind: 'text' | 'choice' | 'choices' | 'day' | 'yes';
  /** Text key; `field.<name>` where left out. */
  label?: string;
  options?: readonly Choice[];
  words?: { prefix: string; values: readonly string[] };
};

type One = { filter: Filter; value: string; give: (value: string) => void };

const WAIT_MS = 300;

function TextFilter({ filter, value, give }: One) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => give(text.trim()), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text, value, give]);
  const label = t(filter.label ?? `field.${filter.name}`);
  return (
    <Input
      className="filter"
      prefix={<SearchOutlined />}
      value={text}
      allowClear
      placeholder={label}
      aria-label={label}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={() => give(text.trim())}
    />
  );
}

function ChoiceFilter({ filter, value, give }: One) {
  const { t } = useTranslation();
  const { options, words } = filter;
  const label = t(filter.label ?? `field.${filter.name}`);
  const choices =
    options ?? (words?.values ?? []).map((key) => ({ value: key, label: t(`${words!.prefix}.${key}`) }));
  const common = {
    className: 'filter',
    placeholder: label,
    'aria-label': label,
    allowClear: true,
    options: [...choices],
    showSearch: { optionFilterProp: 'label' },
  };
  return filter.kind === 'choices' ? (
    <Select
      {...common}
      mode="multiple"
      maxTagCount="responsive"
      value={value ? value.split(',') : []}
      onChange={(keys: string[]) => give(keys.join(','))}
    />
  ) : (
    <Select {...common} value={value || null} onChange={(key) => give(String(key ?? ''))} />
  );
}

function DayFilter({ filter, value, give }: One) {
  const { t } = useTranslation();
  const label = t(filter.label ?? `field.${filter.name}`);
  return (
    <Input
      className="filter day-filter"
      type="date"
      value={value}
      addonBefore={label}
      aria-label={label}
      onChange={(event) => give(event.target.value)}
    />
  );
}

function YesFilter({ filter, value, give }: One) {
  const { t } = useTranslation();
  const isOn = value === 'true';
  return (
    <Button
      type={isOn ? 'primary' : 'default'}
      ghost={isOn}
      aria-pressed={isOn}
      onClick={() => give(isOn ? '' : 'true')}
    >
      {t(filter.label ?? `field.${filter.name}`)}
    </Button>
  );
}

const KINDS = {
  text: TextFilter,
  choice: ChoiceFilter,
  choices: ChoiceFilter,
  day: DayFilter,
  yes: YesFilter,
};

/** The filters above a list; a changed one begins again at the first page. */
export function FilterBar({ filters }: { filters: readonly Filter[] }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const give = (name: string) => (value: string) =>
    setParams(
      (old) => {
        old.delete('cursor');
        if (value) old.set(name, value);
        else old.delete(name);
        return old;
      },
      { replace: true },
    );
  const isOn = filters.some(({ name }) => params.has(name));
  return (
    <>
      {filters.map((filter) => {
        const One = KINDS[filter.kind];
        return (
          <One
            key={filter.name}
            filter={filter}
            value={params.get(filter.name) ?? ''}
            give={give(filter.name)}
          />
        );
      })}
      {isOn && (
        <Button type="link" onClick={() => setParams({}, { replace: true })}>
          {t('common.clear')}
        </Button>
      )}
    </>
  );
}
