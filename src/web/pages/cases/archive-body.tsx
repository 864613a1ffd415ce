import type { ActBody } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';
import { Form } from 'antd';
import { FormRows } from '../../components/form-rows.tsx';

const SECTIONS = { main: 7, secondary: 6 } as const;

const numbers = (volume: 'main' | 'secondary') =>
  Array.from({ length: SECTIONS[volume] }, (_, i) => String(i + 1));

const lineFields = (volume: 'main' | 'secondary'): Field[] => [
  {
    name: 'volume',
    kind: 'choice',
    required: true,
    words: { prefix: 'word.volume', values: ['main', 'secondary'] },
  },
  {
    name: 'section',
    kind: 'choice',
    required: true,
    words: { prefix: `word.section.${volume}`, values: numbers(volume) },
  },
  { name: 'title', kind: 'line', required: true, label: 'field.fileTitle', wide: true },
  { name: 'number', kind: 'line', label: 'field.paperNo' },
  { name: 'madeOn', kind: 'day', label: 'field.fileMadeOn' },
  { name: 'pages', kind: 'number', required: true },
];

type Line = { volume?: 'main' | 'secondary' };

/** The papers of the file, each in its volume and section; the order within a section is that of the list. */
export const ArchiveBody: ActBody = () => {
  const items = (Form.useWatch('items') ?? []) as Line[];
  return (
    <FormRows
      name="items"
      fields={(at) => lineFields(items[at]?.volume ?? 'main')}
      add="penalty.addPaper"
      initial={{ volume: 'main', pages: 1 }}
    />
  );
};
