import type { AnswerOf } from '../../api/types.ts';
import { type Act, act } from '../../components/act.ts';
import { ArchiveBody } from './archive-body.tsx';

export type CaseFile = AnswerOf<'/api/cases/{id}/file'>;

/** What the form begins with: every paper of the record, as it would be bound. */
const linesOf = ({ volumes }: CaseFile) =>
  volumes.flatMap(({ volume, items }) =>
    items.map(({ section, title, number, madeOn, fromPage, toPage }) => ({
      volume,
      section: String(section),
      title,
      number: number ?? undefined,
      madeOn: madeOn ?? undefined,
      pages: toPage - fromPage + 1,
    })),
  );

type Lines = { items?: { section: string }[] };

/** The binding of a closed case. */
export const archiveActs = (file: CaseFile | undefined): Record<string, Act> =>
  file
    ? {
        archive: act('/api/cases/{id}/archive', {
          fields: [
            { name: 'archiveNumber', kind: 'line', required: true },
            {
              name: 'retention',
              kind: 'choice',
              required: true,
              words: { prefix: 'word.retention', values: ['permanent', 'years_30', 'years_10'] },
            },
            { name: 'filedBy', kind: 'line', required: true },
            { name: 'checkedBy', kind: 'line', required: true },
            { name: 'note', kind: 'text', rows: 2, label: 'field.archiveNote' },
          ],
          Body: ArchiveBody,
          initial: () => ({ items: linesOf(file) }),
          body: (values) =>
            ({
              ...values,
              items: (values as Lines).items?.map((line) => ({ ...line, section: Number(line.section) })),
            }) as never,
        }),
      }
    : {};
