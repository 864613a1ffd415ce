import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Field } from './fields.ts';
import { FormFields } from './form-fields.tsx';

type Props = {
  name: string;
  /** The fields of a row; its place in the list, for those that hang on others of the row. */
  fields: readonly Field[] | ((at: number) => readonly Field[]);
  /** Text key of the button that adds one. */
  add: string;
  /** What a new row begins with. */
  initial?: Record<string, unknown>;
  /** Text key that names a row: `{number}` is its place. */
  row?: string;
};

/** Rows of a form, as many as are needed: people, sites, seals. */
export function FormRows({ name, fields, add, initial = {}, row = 'common.row' }: Props) {
  const { t } = useTranslation();
  return (
    <Form.List name={name}>
      {(rows, { add: addRow, remove }) => (
        <div className="form-rows">
          {rows.map(({ key, name: at }) => {
            const label = t(row, { number: at + 1 });
            return (
              <fieldset key={key} className="form-row">
                <legend>{label}</legend>
                <FormFields fields={typeof fields === 'function' ? fields(at) : fields} at={[at]} />
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={`${t('common.removeRow')} ${label}`}
                  onClick={() => remove(at)}
                />
              </fieldset>
            );
          })}
          <Button icon={<PlusOutlined />} onClick={() => addRow(initial)}>
            {t(add)}
          </Button>
        </div>
      )}
    </Form.List>
  );
}

/** The values of row `at` of a list, as the fields beside it ask for them. */
export const rowAt = (values: Record<string, unknown>, list: string, at: number): Record<string, unknown> =>
  ((values[list] as Record<string, unknown>[] | undefined)?.[at] ?? {}) as Record<string, unknown>;
