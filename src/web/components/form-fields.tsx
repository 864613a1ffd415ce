import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Choice, Field } from './fields.ts';
import * as i from './inputs.tsx';
import { PartyInput } from './party-input.tsx';

function useChoices({ options, words }: Field): readonly Choice[] {
  const { t } = useTranslation();
  if (options) return options;
  return (words?.values ?? []).map((value) => ({ value, label: t(`${words!.prefix}.${value}`) }));
}

/** The input a field is asked with; `value` and `onChange` come from the form around it. */
function FieldInput({ field, ...props }: { field: Field }) {
  const choices = useChoices(field);
  const given = { ...props, ...(field.autoFocus ? { autoFocus: true } : {}) };
  switch (field.kind) {
    case 'line':
      return <Input {...given} autoComplete="off" />;
    case 'text':
      return <Input.TextArea {...given} autoSize={{ minRows: field.rows ?? 3, maxRows: 14 }} />;
    case 'day':
      return <i.DayInput {...given} />;
    case 'instant':
      return <i.InstantInput {...given} />;
    case 'number':
      return <i.NumberInput {...given} />;
    case 'quantity':
      return <i.QuantityInput {...given} />;
    case 'yuan':
      return <i.YuanInput {...given} />;
    case 'yes':
      return <i.YesInput {...given} />;
    case 'choice':
      return <i.ChoiceInput {...given} options={choices} />;
    case 'choices':
      return <i.ChoicesInput {...given} options={choices} />;
    case 'words':
      return <i.WordsInput {...given} />;
    case 'users':
      return <i.UsersInput {...given} />;
    case 'unit':
      return <i.UnitInput {...given} />;
    case 'laboratory':
      return <i.LaboratoryInput {...given} />;
    case 'party':
      return <PartyInput {...given} />;
    default:
      throw new RangeError(`no input for ${field.kind}`);
  }
}

/** `respondent.name` as the form names it; inside a list its place comes first. */
const nameOf = (name: string, at?: (string | number)[]): (string | number)[] => [
  ...(at ?? []),
  ...name.split('.'),
];

function OneField({
  field,
  at,
  prefix,
}: {
  field: Field;
  at?: (string | number)[];
  prefix?: (string | number)[];
}) {
  const { t } = useTranslation();
  const last = field.name.split('.').at(-1)!;
  return (
    <Form.Item
      name={nameOf(field.name, at)}
      label={t(field.label ?? `field.${last}`)}
      required={field.required ?? false}
      {...(field.help ? { extra: t(field.help) } : {})}
      {...(field.initial === undefined ? {} : { initialValue: field.initial })}
      className={field.wide || field.kind === 'text' ? 'wide-field' : ''}
      {...(prefix ? { htmlFor: nameOf(field.name, prefix).join('_') } : {})}
    >
      <FieldInput field={field} />
    </Form.Item>
  );
}

/** The fields of a form, two beside each other where there is room; those that do not apply are not there. */
export function FormFields({
  fields,
  at,
}: {
  fields: readonly Field[];
  at?: (string | number)[];
}): ReactNode {
  return (
    <div className="fields">
      {fields.map((field) =>
        field.when ? (
          <Form.Item key={field.name} noStyle shouldUpdate>
            {({ getFieldsValue }) =>
              field.when!(getFieldsValue(true) as Record<string, unknown>) ? (
                <OneField field={field} {...(at ? { at } : {})} />
              ) : null
            }
          </Form.Item>
        ) : (
          <OneField key={field.name} field={field} {...(at ? { at } : {})} />
        ),
      )}
    </div>
  );
}
