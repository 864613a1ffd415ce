import { CopyOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Divider, Form, Input, Tag } from 'antd';
import { type ClipboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/hooks.ts';
import type { Field } from '../../components/fields.ts';
import { FormFields } from '../../components/form-fields.tsx';
import type { ActBody } from '../../components/act.ts';
import { METHOD_STATUSES, SHARE_BASES, SPECIES, VERDICTS } from './sample-words.ts';
import { rowsOf } from './paste.ts';

const inRow = (values: Record<string, unknown>, at: number): Record<string, unknown> =>
  ((values['items'] as Record<string, unknown>[] | undefined)?.[at] ?? {}) as Record<string, unknown>;

/** The columns of one item, in the order they are pasted from a sheet. */
const fieldsOf = (at: number): Field[] => [
  { name: 'analyte', kind: 'line', required: true },
  { name: 'species', kind: 'choice', words: { prefix: 'word.species', values: SPECIES } },
  {
    name: 'kind',
    kind: 'choice',
    label: 'field.resultKind',
    required: true,
    words: { prefix: 'word.resultKind', values: ['qualitative', 'quantitative'] },
  },
  { name: 'printed', kind: 'line', required: true, help: 'sample.printedHelp' },
  { name: 'unit', kind: 'line', when: (values) => inRow(values, at)['kind'] === 'quantitative' },
  { name: 'detected', kind: 'yes', when: (values) => inRow(values, at)['kind'] === 'qualitative' },
  {
    name: 'shareBasis',
    kind: 'choice',
    words: { prefix: 'word.shareBasis', values: SHARE_BASES },
    when: (values) =>
      inRow(values, at)['kind'] === 'quantitative' && inRow(values, at)['species'] !== undefined,
  },
  { name: 'limitText', kind: 'line' },
  { name: 'verdict', kind: 'choice', words: { prefix: 'word.verdict', values: VERDICTS } },
  { name: 'lod', kind: 'quantity' },
  { name: 'loq', kind: 'quantity' },
  { name: 'uncertainty', kind: 'quantity' },
  { name: 'coverageFactor', kind: 'quantity' },
  { name: 'replicates', kind: 'number', when: (values) => inRow(values, at)['kind'] === 'quantitative' },
  { name: 'method', kind: 'line', required: true, label: 'field.testMethod' },
  { name: 'methodClause', kind: 'line' },
  {
    name: 'methodStatus',
    kind: 'choice',
    required: true,
    words: { prefix: 'word.methodStatus', values: METHOD_STATUSES },
  },
  { name: 'methodConsent', kind: 'line', when: (values) => inRow(values, at)['methodStatus'] === 'other' },
  { name: 'remark', kind: 'line', wide: true },
];

/** Whether the species of a row stands on the label: marked as it is typed, judged by nobody. */
function LabelMark({ at, declared }: { at: number; declared: readonly string[] }) {
  const { t } = useTranslation();
  const species = Form.useWatch(['items', at, 'species']) as string | undefined;
  if (!species) return null;
  const isDeclared = declared.includes(species);
  return (
    <Tag color={isDeclared ? 'success' : 'error'}>
      {t(`word.species.${species}`)} {t(isDeclared ? 'sample.declared' : 'sample.undeclared')}
    </Tag>
  );
}

/** The result grid: item by item, or pasted from a sheet. */
export const ResultBody: ActBody = ({ subject }) => {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const { data: sample } = useApi('/api/samples/{id}', { path: { id: subject.id } });
  const [pasted, setPasted] = useState('');
  const paste = (event: ClipboardEvent): void => {
    const rows = rowsOf(event.clipboardData.getData('text'));
    if (rows.length === 0) return;
    event.preventDefault();
    const old = ((form.getFieldValue('items') ?? []) as Record<string, unknown>[]).filter(
      (row) => row['analyte'],
    );
    form.setFieldValue('items', [...old, ...rows]);
    setPasted(t('sample.pasted', { count: rows.length }));
  };
  return (
    <>
      <Divider titlePlacement="start">{t('sample.items')}</Divider>
      <Input.TextArea
        rows={2}
        onPaste={paste}
        value=""
        placeholder={t('sample.pasteHere')}
        aria-label={t('sample.pasteHere')}
        readOnly={false}
        onChange={() => undefined}
      />
      {pasted && (
        <p role="status" className="quiet">
          {pasted}
        </p>
      )}
      <Form.List name="items">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <section key={key} className="result-row">
                <header>
                  <b>{name + 1}</b>
                  <LabelMark at={name} declared={sample?.declaredSpecies ?? []} />
                  <span className="spring" />
                  <Button
                    type="text"
                    icon={<CopyOutlined />}
                    aria-label={t('common.copyRow')}
                    onClick={() =>
                      add({ ...(form.getFieldValue(['items', name]) as object), printed: undefined })
                    }
                  />
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t('common.removeRow')}
                    onClick={() => remove(name)}
                  />
                </header>
                <FormFields fields={fieldsOf(name)} at={[name]} />
              </section>
            ))}
            <Button
              icon={<PlusOutlined />}
              onClick={() => add({ kind: 'quantitative', methodStatus: 'statutory' })}
            >
              {t('sample.addItem')}
            </Button>
          </>
        )}
      </Form.List>
    </>
  );
};
