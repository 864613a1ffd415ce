import { patch } from '../../api/client.ts';
import type { AnswerOf } from '../../api/types.ts';
import { type Act, act } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';

type Blank = AnswerOf<'/api/documents/{id}/blanks'>['items'][number];
type Document = AnswerOf<'/api/documents/{id}'>;

const KINDS: Record<Blank['type'], Field['kind']> = {
  text: 'line',
  longText: 'text',
  date: 'day',
  instant: 'instant',
  integer: 'number',
  decimal: 'quantity',
  choice: 'choice',
  choices: 'choices',
};

/** The form's blanks as fields; their labels are the form's own words. */
const fieldsOf = (blanks: readonly Blank[]): Field[] =>
  blanks.map(({ name, label, type, isRequired, options }) => ({
    name,
    kind: KINDS[type],
    label,
    required: isRequired,
    options: options.map((option) => ({ value: option.key, label: option.name })),
  }));

/** What may be done with a paper. */
export const documentActs = (paper: Document, blanks: readonly Blank[]): Record<string, Act> => ({
  issue: act('/api/documents/{id}/issue', {
    fields: [
      { name: 'on', kind: 'day', label: 'field.issuedOn', help: 'document.onHelp' },
      ...missingGlyphs(paper).map((character) => ({
        name: `substitutions.${character}` as 'substitutions',
        kind: 'line' as const,
        label: character,
        help: 'document.glyphHelp',
        required: true,
      })),
    ],
  }),
  ...(blanks.length > 0
    ? {
        amend: {
          fields: fieldsOf(blanks),
          initial: () => Object.fromEntries(blanks.map(({ name }) => [name, paper.data[name] ?? undefined])),
          send: (subject, values, key) =>
            patch(
              '/api/documents/{id}',
              { data: Object.fromEntries(blanks.map(({ name }) => [name, values[name] ?? null])) },
              { path: { id: subject.id }, key, version: subject.version },
            ),
        } satisfies Act,
      }
    : {}),
  void: act('/api/documents/{id}/void', {
    danger: true,
    fields: [{ name: 'reason', kind: 'text', required: true, autoFocus: true }],
  }),
  replace: act('/api/documents/{id}/replace', {
    danger: true,
    fields: [{ name: 'reason', kind: 'text', required: true, autoFocus: true }],
  }),
});

/** Characters no face has: each needs what is printed in its place. */
const missingGlyphs = ({ problems }: Document): string[] => [
  ...new Set(
    problems
      .filter(({ code }) => code === 'document.missing_glyph')
      .flatMap(({ message }) => [...(/[“"「](.)[”"」]/u.exec(message)?.slice(1) ?? [])]),
  ),
];
