import { DatePicker, Input, InputNumber, Select, Switch } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/hooks.ts';
import { useNarrow } from '../shell/narrow.ts';
import type { Choice } from './fields.ts';

/** What a form gives to each input. */
export type InputProps<T> = {
  id?: string;
  value?: T | undefined;
  onChange?: (value: T | undefined) => void;
  'aria-label'?: string;
  autoFocus?: boolean;
};

/** A day of the calendar, as `YYYY-MM-DD`; on a phone by its own wheel. */
export function DayInput({ value, onChange, ...props }: InputProps<string>) {
  const narrow = useNarrow();
  if (narrow) {
    return (
      <Input
        {...props}
        type="date"
        value={value ?? ''}
        onChange={(event) => onChange?.(event.target.value || undefined)}
      />
    );
  }
  return (
    <DatePicker
      {...props}
      className="full"
      value={value ? dayjs(value) : null}
      format={['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/M/D', 'YYYY.M.D']}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : undefined)}
    />
  );
}

const SHANGHAI = '+08:00';

/** An instant, typed and shown in Shanghai's time whatever the device's, as ISO 8601 with its offset. */
export function InstantInput({ value, onChange, ...props }: InputProps<string>) {
  const narrow = useNarrow();
  const shown = value ? new Date(Date.parse(value) + 8 * 3_600_000).toISOString().slice(0, 16) : '';
  const give = (local: string | undefined): void => onChange?.(local ? `${local}:00${SHANGHAI}` : undefined);
  if (narrow) {
    return (
      <Input {...props} type="datetime-local" value={shown} onChange={(event) => give(event.target.value)} />
    );
  }
  return (
    <DatePicker
      {...props}
      className="full"
      showTime={{ format: 'HH:mm' }}
      value={shown ? dayjs(shown) : null}
      format={['YYYY-MM-DD HH:mm', 'YYYYMMDDHHmm', 'YYYY/M/D H:mm']}
      onChange={(at) => give(at ? at.format('YYYY-MM-DDTHH:mm') : undefined)}
    />
  );
}

/** Money, typed in yuan and kept in whole fen; never by way of a binary fraction. */
export function YuanInput({ value, onChange, ...props }: InputProps<number>) {
  const [text, setText] = useState<string>();
  const shown =
    text ??
    (value === undefined || value === null
      ? ''
      : `${Math.trunc(value / 100)}.${String(value % 100).padStart(2, '0')}`);
  const give = (next: string): void => {
    setText(next);
    const [, whole, part = ''] = /^\s*(\d{1,14})(?:\.(\d{0,2}))?\s*$/.exec(next.replace(/[,，]/g, '')) ?? [];
    onChange?.(whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0') || 0));
  };
  const isWrong =
    text !== undefined &&
    text.trim() !== '' &&
    !/^\s*\d{1,14}(\.\d{0,2})?\s*$/.test(text.replace(/[,，]/g, ''));
  return (
    <Input
      {...props}
      inputMode="decimal"
      prefix="¥"
      status={isWrong ? 'error' : ''}
      value={shown}
      onChange={(event) => give(event.target.value)}
      onBlur={() => isWrong || setText(undefined)}
    />
  );
}

/** A whole number. */
export const NumberInput = ({ value, onChange, ...props }: InputProps<number>) => (
  <InputNumber
    {...props}
    className="full"
    value={value ?? null}
    precision={0}
    onChange={(next) => onChange?.(next ?? undefined)}
  />
);

/** An exact decimal, kept as it was typed. */
export const QuantityInput = ({ value, onChange, ...props }: InputProps<string>) => (
  <Input
    {...props}
    inputMode="decimal"
    value={value ?? ''}
    onChange={(event) => onChange?.(event.target.value.trim() || undefined)}
  />
);

/** Yes or no. */
export const YesInput = ({ value, onChange, ...props }: InputProps<boolean>) => (
  <Switch {...props} checked={value ?? false} onChange={(next) => onChange?.(next)} />
);

type ChoiceProps<T> = InputProps<T> & { options: readonly Choice[]; placeholder?: string };

/** One of a list, found by typing. */
export const ChoiceInput = ({ options, ...props }: ChoiceProps<string | number>) => (
  <Select {...props} allowClear showSearch={{ optionFilterProp: 'label' }} options={[...options]} />
);

/** Several of a list. */
export const ChoicesInput = ({ options, ...props }: ChoiceProps<(string | number)[]>) => (
  <Select {...props} mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={[...options]} />
);

/** Several words typed freely. */
export const WordsInput = (props: InputProps<string[]>) => (
  <Select
    {...props}
    mode="tags"
    open={false}
    suffixIcon={null}
    tokenSeparators={[',', '，', '、', ';', '；']}
  />
);

/** People of the bureau (or of the laboratory), with certificate and unit beside the name. */
function usePeople() {
  const { t } = useTranslation();
  const { data, isLoading } = useApi('/api/users', { query: { limit: 200 }, staleTime: 60_000 });
  return {
    loading: isLoading,
    showSearch: { optionFilterProp: 'label' },
    options: (data?.items ?? []).map(({ id, name, certificateNumber }) => ({
      value: id,
      label: certificateNumber ? `${name} ${certificateNumber}` : name,
    })),
    placeholder: t('common.choosePeople'),
  };
}

/** Several of them. */
export const UsersInput = (props: InputProps<string[]>) => (
  <Select {...props} mode="multiple" {...usePeople()} />
);

/** One of them. */
export const UserInput = (props: InputProps<string>) => <Select {...props} allowClear {...usePeople()} />;

/** A station or section of the bureau. */
export function UnitInput(props: InputProps<string>) {
  const { data, isLoading } = useApi('/api/units', { staleTime: 60_000 });
  const options = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Select
      {...props}
      allowClear
      loading={isLoading}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
    />
  );
}

/** A laboratory. */
export function LaboratoryInput(props: InputProps<string>) {
  const { data, isLoading } = useApi('/api/laboratories', { staleTime: 60_000 });
  const options = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Select
      {...props}
      allowClear
      loading={isLoading}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
    />
  );
}
