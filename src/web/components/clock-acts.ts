import { post } from '../api/client.ts';
import type { AnswerOf } from '../api/types.ts';
import { type Act, act } from './act.ts';
import type { Choice, Field } from './fields.ts';

export type ClockDetail = AnswerOf<'/api/clocks/{id}'>;

/** Whether it still runs, or stands still for a while. */
export const isOpen = ({ state }: { state: string }): boolean => state === 'running' || state === 'paused';

type Part = { id: string; removedAt: string | null };

/** What stands of a clock's parts, as choices. */
const standing = <P extends Part>(parts: readonly P[], label: (part: P) => string): Choice[] =>
  parts.filter(({ removedAt }) => removedAt === null).map((part) => ({ value: part.id, label: label(part) }));

/** Takes one of the extensions or exclusions back: which, and why. */
const takeBack = (list: 'extensions' | 'exclusions', parts: readonly Choice[]): Act => ({
  fields: [
    {
      name: 'partId',
      kind: 'choice',
      label: 'clock.part',
      required: true,
      wide: true,
      options: parts,
      initial: parts.at(-1)?.value,
    },
    { name: 'reason', kind: 'text', required: true },
  ],
  danger: true,
  send: ({ id, version }, { partId, ...values }, key) =>
    post(`/api/clocks/{id}/${list}/{partId}/remove`, values as { reason: string }, {
      path: { id, partId: String(partId) },
      key,
      version,
    }),
});

/** What it is taken out for, of what the law names; why; and the paper it rests on. */
function interruption({ causes }: ClockDetail, paper: Field<'documentId'>) {
  const cause: Field<'cause'> = {
    name: 'cause',
    kind: 'choice',
    label: 'field.exclusionGround',
    required: true,
    words: { prefix: 'word.exclusionCause', values: causes },
    initial: causes[0],
  };
  const ground: Field<'ground'> = { name: 'ground', kind: 'text', required: true };
  return [...(causes.length > 1 ? [cause] : []), ground, paper];
}

const extend = ({ extensionLeft: left }: ClockDetail, paper: Field<'documentId'>): Act =>
  act('/api/clocks/{id}/extend', {
    fields: [
      {
        name: 'value',
        kind: 'number',
        label: `clock.extendBy.${left?.unit ?? 'day'}`,
        required: true,
        initial: left?.value ?? undefined,
      },
      { name: 'reason', kind: 'text', required: true },
      paper,
    ],
  });

const firstOut: Field<'from'> = { name: 'from', kind: 'day', label: 'clock.firstOut', required: true };
const lastOut: Field<'to'> = { name: 'to', kind: 'day', label: 'clock.lastOut', required: true };

/** What may be done to a clock by hand; `papers` are the issued ones of its file. */
export function clockActs(clock: ClockDetail, papers: readonly Choice[]): Record<string, Act> {
  const paper: Field<'documentId'> = {
    name: 'documentId',
    kind: 'choice',
    label: 'clock.paper',
    help: 'clock.paperHelp',
    wide: true,
    options: papers,
  };
  const why = interruption(clock, paper);
  return {
    extend: extend(clock, paper),
    exclude: act('/api/clocks/{id}/exclude', { fields: [firstOut, lastOut, ...why] }),
    pause: act('/api/clocks/{id}/pause', { fields: [firstOut, ...why] }),
    resume: act('/api/clocks/{id}/resume', { fields: [lastOut, paper] }),
    restart: act('/api/clocks/{id}/restart', {
      fields: [
        { name: 'on', kind: 'day', label: 'clock.newFactsOn', required: true },
        { name: 'reason', kind: 'text', required: true },
      ],
    }),
    remove_extension: takeBack(
      'extensions',
      standing(clock.extensionList, ({ value, at, reason }) => `${at.slice(0, 10)} +${value} ${reason}`),
    ),
    remove_exclusion: takeBack(
      'exclusions',
      standing(clock.exclusionList, ({ from, to, ground }) => `${from} – ${to ?? ''} ${ground}`),
    ),
  };
}
