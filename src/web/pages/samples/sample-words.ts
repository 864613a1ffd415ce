import type { BodyOf, RowOf } from '../../api/types.ts';

type Item = BodyOf<'/api/samples/{id}/results'>['items'][number];

export const SAMPLE_STATES = [
  'planned',
  'collected',
  'dispatched',
  'received',
  'rejected',
  'testing',
  'reported',
  'notified',
] as const satisfies readonly RowOf<'/api/samples'>['state'][];

export const SPECIES = [
  'cattle',
  'buffalo',
  'yak',
  'pig',
  'sheep',
  'goat',
  'chicken',
  'duck',
  'goose',
  'turkey',
  'horse',
  'donkey',
  'rabbit',
  'deer',
  'camel',
  'pigeon',
  'dog',
  'cat',
  'fox',
  'mink',
  'rat',
] as const satisfies readonly NonNullable<Item['species']>[];

export const METHOD_STATUSES = [
  'statutory',
  'supplementary',
  'other',
] as const satisfies readonly Item['methodStatus'][];

export const VERDICTS = ['pass', 'fail', 'problem', 'not_judged'] as const satisfies readonly NonNullable<
  Item['verdict']
>[];

export const SHARE_BASES = ['mass_fraction', 'copy_ratio'] as const satisfies readonly NonNullable<
  Item['shareBasis']
>[];

/** Choices with their words. */
export const choices = (
  prefix: string,
  values: readonly string[],
  t: (key: string) => string,
): { value: string; label: string }[] => values.map((value) => ({ value, label: t(`${prefix}.${value}`) }));
