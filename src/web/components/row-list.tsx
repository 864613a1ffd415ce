import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Field } from './fields.ts';
import { FormFields } from './form-fields.tsx';

type Props = {
  /** Of the list in the form's values. */
  name: string;
  /** What each row asks. */
  fields: readonly Field[];
  /** Text key of the button that adds a row. */
  addLabel: string;
  /** What a new row begins with. */
  first?: Record<string, unknown>;
};

/** As many rows of the same few fields as are needed. */
export function RowList({ name, fields, addLabel, first = {} }: Props) {
  const { t } = useTranslation();
  return (
    <Form.List name={name}>
      {(rows, { add, remove }) => (
        <>
          {rows.map((row) => (
            <div key={row.key} className="row-fields">
              <FormFields fields={fields} at={[row.name]} />
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('common.removeRow')}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add(first)}>
            {t(addLabel)}
          </Button>
        </>
      )}
    </Form.List>
  );
}
