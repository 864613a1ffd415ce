import { post } from '../api/client.ts';
import type { PostPath } from '../api/types.ts';
import type { Act, Subject } from './act.ts';
import type { Field } from './fields.ts';

type Base = Extract<PostPath, `${string}/{id}/void`> extends `${infer B}/{id}/void` ? B : never;

const reason: Field = { name: 'reason', kind: 'text', required: true, autoFocus: true };

const send = (base: Base, verb: string) => (subject: Subject, values: Record<string, unknown>, key: string) =>
  post(`${base}/{id}/${verb}` as '/api/tips/{id}/void', values as { reason: string }, {
    path: { id: subject.id },
    key,
    version: subject.version,
  });

/** What every entered record knows: amend (its fields), void, assign. */
export const recordActs = (
  base: Base,
  changes: readonly Field[],
  isAssignable = true,
): Record<string, Act> => ({
  amend: {
    fields: [...changes, { ...reason, autoFocus: false }],
    send: (subject, { reason: why, ...values }, key) =>
      send(base, 'amend')(subject, { changes: values, reason: why }, key),
  },
  void: { fields: [reason], danger: true, send: send(base, 'void') },
  ...(isAssignable
    ? {
        assign: {
          fields: [
            {
              name: 'kind',
              kind: 'choice',
              initial: 'assign',
              words: { prefix: 'word.assign', values: ['assign', 'take_over', 'send_back'] },
            },
            { name: 'unitId', kind: 'unit' },
            { name: 'userIds', kind: 'users' },
            { ...reason, autoFocus: false, required: false },
          ],
          send: send(base, 'assign'),
        } satisfies Act,
      }
    : {}),
});
