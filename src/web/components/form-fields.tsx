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

/** What is sure of them; `value` and `onChange` lie in them too, in the type of the kind. */
type Given = Omit<i.InputProps<unknown>, 'value' | 'onChange'>;
type InputOf = (props: { field: Field; given: Given; choices: readonly Choice[] }) => ReactNode;

/** The input of each kind of field; `given` comes from the form around it. */
const INPUTS: Record<Field['kind'], InputOf> = {
  line: ({ given }) => <Input {...given} autoComplete="off" />,
  text: ({ field, given }) => (
    <Input.TextArea
      {...given}

      autoSize={{ minRows: field.rows ?? 3, maxRows: 14 }}
    />
  ),
  day: ({ given }) => <i.DayInput {...given} />,
  instant: ({ given }) => <i.InstantInput {...given} />,
  number: ({ given }) => <i.NumberInput {...given} />,
  quantity: ({ given }) => <i.QuantityInput {...given} />,
  yuan: ({ given }) => <i.YuanInput {...given} />,
  yes: ({ given }) => <i.YesInput {...given} />,
  choice: ({ given, choices }) => <i.ChoiceInput {...given} options={choices} />,
  choices: ({ given, choices }) => <i.ChoicesInput {...given} options={choices} />,
  words: ({ given }) => <i.WordsInput {...given} />,
  user: ({ given }) => <i.UserInput {...given} />,
  users: ({ given }) => <i.UsersInput {...given} />,
  unit: ({ given }) => <i.UnitInput {...given} />,
  laboratory: ({ given }) => <i.LaboratoryInput {...given} />,
  party: ({ given }) => <PartyInput {...given} />,
};

function FieldInput({ field, ...props }: { field: Field }) {
  const choices = useChoices(field);
  const given = { ...props, ...(field.autoFocus ? { autoFocus: true } : {}) };
  return INPUTS[field.kind]({ field, given, choices });
}

/** `respondent.name` as the form names it; inside a list its place comes first. */
const nameOf = (name: string, at?: (string | number)[]): (string | number)[] => [
  ...(at ?? []),
  ...name.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
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
