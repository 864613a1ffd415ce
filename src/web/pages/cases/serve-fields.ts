import type { Field } from '../../components/fields.ts';
import { RECEIVER_ROLES, SERVICE_WAYS } from './case-words.ts';

const by =
  (...ways: string[]) =>
  ({ way }: Record<string, unknown>): boolean =>
    ways.includes(String(way));

/** The service of a paper (#50): what each of the seven ways asks for. */
export const SERVE_FIELDS = [
  {
    name: 'way',
    kind: 'choice',
    required: true,
    label: 'field.serviceWay',
    words: { prefix: 'word.serviceWay', values: SERVICE_WAYS },
  },
  { name: 'paperNumber', kind: 'line' },
  {
    name: 'servedOn',
    kind: 'day',
    required: true,
    when: by('direct', 'left', 'post', 'entrusted', 'forwarded'),
  },
  { name: 'place', kind: 'line', required: true, label: 'field.servicePlace', when: by('direct', 'left') },
  { name: 'receiver', kind: 'line', required: true, when: by('direct', 'entrusted', 'forwarded') },
  {
    name: 'receiverRole',
    kind: 'choice',
    required: true,
    words: { prefix: 'word.receiverRole', values: RECEIVER_ROLES },
    when: by('direct'),
  },
  { name: 'refusal', kind: 'text', required: true, rows: 2, when: by('left') },
  { name: 'witness', kind: 'line', help: 'penalty.witnessHelp', when: by('left') },
  { name: 'isFilmed', kind: 'yes', when: by('left') },
  {
    name: 'confirmedAddress',
    kind: 'line',
    required: true,
    help: 'penalty.addressHelp',
    when: by('electronic'),
  },
  { name: 'reachedAt', kind: 'instant', required: true, when: by('electronic') },
  { name: 'trackingNumber', kind: 'line', required: true, when: by('post') },
  { name: 'carrier', kind: 'line', required: true, when: by('entrusted', 'forwarded') },
  { name: 'postedOn', kind: 'day', required: true, when: by('public_notice') },
  { name: 'postedWhere', kind: 'line', required: true, when: by('public_notice') },
  { name: 'noticeReason', kind: 'text', required: true, rows: 2, when: by('public_notice') },
  { name: 'serverIds', kind: 'users', required: true, wide: true },
  { name: 'proof', kind: 'text', required: true, rows: 2, help: 'penalty.proofHelp' },
  { name: 'failedReason', kind: 'text', rows: 2, help: 'penalty.failedHelp' },
  { name: 'remark', kind: 'text', rows: 2 },
] as const satisfies Field[];
