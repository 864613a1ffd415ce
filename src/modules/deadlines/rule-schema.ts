import { z } from 'zod';
import { isDay } from '../../shared/clock.ts';

const day = z.string().refine(isDay, 'not a day');
const unit = z.enum(['working_day', 'day', 'hour', 'month', 'year']);
const lengthSchema = z.strictObject({ value: z.int().positive(), unit });
const citationSchema = z.strictObject({ law: z.string(), article: z.string() });
const bilingual = { zh: z.string().min(1), en: z.string().min(1) };

/** What does not count while it lasts. */
const ExclusionCause = z.enum([
  'testing',
  'appraisal',
  'identification',
  'hearing',
  'public_notice',
  'suspension',
  'refund',
  'force_majeure',
  'consultation',
]);

/** Whose the limit is. */
const Side = z.enum(['bureau', 'party', 'police', 'laboratory', 'procuratorate', 'court']);

/**
 * What its end means: a duty is late, a right lapses, a power is gone, a period (a notice, a waiting time, a time of
 * keeping) has run.
 */
const Nature = z.enum(['duty', 'right', 'power', 'period']);

/** Who may lengthen a limit: a head, the heads together, the bureau by consent, or an agreement with a laboratory. */
const Approver = z.enum(['head', 'collective', 'bureau', 'agreement']);

const extensionSchema = z.strictObject({
  mode: z.enum(['add', 'replace', 'open']),
  value: z.int().positive().nullable(),
  unit: unit.nullable(),
  approver: Approver,
  maxTimes: z.int().positive().nullable(),
  condition: z.string(),
  conditionZh: z.string(),
  /** The step of the file through which it is asked for; null: `clock.extend`. */
  action: z.string().nullable(),
});

const ruleSchema = z.strictObject({
  id: z.string().regex(/^[A-Z]\d\d[a-z]?$/),
  family: z.string(),
  domain: z.enum([
    'complaint',
    'report',
    'case',
    'compulsion',
    'execution',
    'publicity',
    'transfer',
    'sampling',
    'recall',
    'reward',
    'data',
    'remedy',
    'inspection',
  ]),
  titleZh: z.string().min(1),
  titleEn: z.string().min(1),
  side: Side,
  nature: Nature,
  actor: z.string(),
  /** The kind of thing it runs on. */
  subject: z.string(),
  /** The event that starts it: a key of `events`. */
  event: z.string(),
  trigger: z.string(),
  duration: lengthSchema.nullable(),
  relation: z.enum([
    'within',
    'at_least_before',
    'deemed_after',
    'wait_at_least',
    'not_before',
    'keep_for',
    'display_for',
  ]),
  unitBasis: z.string().nullable(),
  rollover: z.enum(['next_working_day', 'none']),
  extension: extensionSchema.nullable(),
  /** What may follow when the first extension is used up. */
  further: extensionSchema.nullable(),
  /** What is taken out; `notice`: only with this paper, served. */
  excludes: z.array(
    z.strictObject({ cause: ExclusionCause, ...citationSchema.shape, notice: z.string().nullable() }),
  ),
  consequence: z.string().nullable(),
  /** Plan samples (监督抽检、风险监测) only; `…_or_setting`: others where the bureau has so decided. */
  appliesTo: z.enum(['plan_samples', 'plan_samples_or_setting']).nullable(),
  citations: z.array(citationSchema).min(1),
  validFrom: day.nullable(),
  validTo: day.nullable(),
  confidence: z.enum(['verified_text', 'secondary', 'unverified']),
  notes: z.string().nullable(),
});

const lawSchema = z.strictObject({
  ...bilingual,
  document: z.string(),
  effectiveFrom: day,
  effectiveTo: day.nullable(),
  versions: z.array(day),
  confidence: z.enum(['verified_text', 'secondary', 'text_not_found']),
  note: z.string().nullable(),
});

/** One of the seven ways in which a paper is served, and which day counts (CXGD 82). */
const serviceSchema = z.strictObject({
  key: z.enum(['direct', 'left', 'electronic', 'post', 'entrusted', 'forwarded', 'public_notice']),
  ...bilingual,
  citations: z.array(citationSchema).min(1),
  servedOn: z.enum(['signed', 'left', 'arrived', 'receipt', 'deemed']),
  /** The limit after which it is deemed served. */
  noticeRule: z.string().nullable(),
});

const bookSchema = z
  .strictObject({
    asOf: day,
    laws: z.record(z.string(), lawSchema),
    events: z.record(z.string(), z.strictObject(bilingual)),
    services: z.array(serviceSchema),
    rules: z.array(ruleSchema),
  })
  .superRefine((book, ctx) => {
    for (const message of [
      ...book.rules.flatMap((rule) => contradictions(rule, book)),
      ...clashes(book.rules),
    ]) {
      ctx.addIssue({ code: 'custom', message });
    }
  });

/** One version of a statutory limit. `family` is its id without the trailing `o` of old versions. */
export type Rule = z.infer<typeof ruleSchema>;
export type Length = z.infer<typeof lengthSchema>;
export type LengthUnit = z.infer<typeof unit>;
export type Law = z.infer<typeof lawSchema>;
export type Service = z.infer<typeof serviceSchema>;
export type ExclusionCause = z.infer<typeof ExclusionCause>;
export type RuleExtension = z.infer<typeof extensionSchema>;
type Book = { laws: Record<string, Law>; events: Record<string, unknown> };

/** Everything in the book, or what is wrong with it. */
export function readBook(json: unknown): z.infer<typeof bookSchema> {
  const read = bookSchema.safeParse(json);
  if (!read.success) throw new Error(`the rules cannot be used: ${z.prettifyError(read.error)}`);
  return read.data;
}

/** The family of versions an id belongs to. */
export const familyOf = (id: string): string => id.replace(/o$/, '');

function contradictions(rule: Rule, { laws, events }: Book): string[] {
  const { id, family, validFrom, validTo, event } = rule;
  const found = [...rule.citations, ...rule.excludes]
    .filter(({ law }) => !Object.hasOwn(laws, law))
    .map(({ law }) => `${id} cites ${law}, which is not among the laws`);
  if (family !== familyOf(id)) found.push(`${id} is not of the family ${family}`);
  if ((validFrom ?? '0') > (validTo ?? '9')) found.push(`${id} ends before it begins`);
  if (!Object.hasOwn(events, event)) found.push(`${id} starts by ${event}, which is not among the events`);
  return [...found, ...lengthFaults(rule), ...natureFaults(rule)];
}

const lengthFaults = ({ id, extension, further }: Rule): string[] =>
  [extension, further].flatMap((more) => {
    if (more === null) return [];
    const isOpen = more.value === null || more.unit === null;
    return (more.mode === 'open') === isOpen
      ? []
      : [`${id}: an extension has a length exactly when it is not open`];
  });

const AIMS: readonly Rule['relation'][] = ['within', 'at_least_before'];

function natureFaults({ id, nature, side, relation, appliesTo, domain }: Rule): string[] {
  const found: string[] = [];
  if ((nature === 'period') === AIMS.includes(relation)) found.push(`${id}: ${relation} is no ${nature}`);
  if (nature === 'power' && side !== 'bureau') found.push(`${id}: only the bureau has a power`);
  if (nature === 'right' && side !== 'party') found.push(`${id}: only a party has a right`);
  if ((appliesTo !== null) !== (domain === 'sampling'))
    found.push(`${id}: sampling limits say to which samples they apply`);
  return found;
}

function clashes(rules: readonly Rule[]): string[] {
  return rules.flatMap((a, i) =>
    rules.slice(i + 1).flatMap((b) => {
      if (a.id === b.id) return [`${a.id} is there twice`];
      const apart = (a.validTo ?? '9') < (b.validFrom ?? '0') || (b.validTo ?? '9') < (a.validFrom ?? '0');
      return a.family === b.family && !apart ? [`${a.id} and ${b.id} are in force on the same day`] : [];
    }),
  );
}
