import { z } from 'zod';
import { DayText, Line, Measure, Narrative } from '../../shared/schemas.ts';
import { Shortcoming } from '../sources/schemas.ts';

/** Animal species a label may name and a laboratory may find. */
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
] as const;

export const ReportState = z.enum(['entered', 'verified', 'returned', 'reported', 'superseded']);
export const SpeciesKey = z.enum(SPECIES);
const Operator = z.enum(['=', '<', '≤', '>', '≥']);
const ResultKind = z.enum(['qualitative', 'quantitative']);
const MethodStatus = z.enum(['statutory', 'supplementary', 'other']);
const ShareBasis = z.enum(['mass_fraction', 'copy_ratio']);
const Verdict = z.enum(['pass', 'fail', 'problem', 'not_judged']);

/** One item of a report, as printed. */
export const ResultItem = z.strictObject({
  kind: ResultKind,
  analyte: Line(100),
  species: SpeciesKey.optional(),
  method: Line(100),
  methodClause: Line(60).optional(),
  methodStatus: MethodStatus,
  methodConsent: Line(300).optional(),
  printed: Line(100),
  unit: Line(30).optional(),
  detected: z.boolean().optional(),
  shareBasis: ShareBasis.optional(),
  limitText: Line(100).optional(),
  lod: Measure.optional(),
  loq: Measure.optional(),
  uncertainty: Measure.optional(),
  coverageFactor: z
    .string()
    .regex(/^\d(\.\d{1,3})?$/)
    .optional(),
  replicates: z.int().min(1).max(1000).optional(),
  verdict: Verdict.optional(),
  remark: Line(500).optional(),
});

/** POST /api/samples/:id/results */
export const RecordResultBody = z.strictObject({
  number: Line(60),
  testedFrom: DayText.optional(),
  testedTo: DayText.optional(),
  conclusion: Narrative(2000).optional(),
  items: z.array(ResultItem).min(1).max(200),
});

const ResultView = z.object({
  lineNo: z.number(),
  kind: ResultKind,
  analyte: z.string(),
  species: z.string().nullable(),
  method: z.string(),
  methodClause: z.string().nullable(),
  methodStatus: MethodStatus,
  methodConsent: z.string().nullable(),
  printed: z.string(),
  operator: Operator.nullable(),
  value: z.string().nullable(),
  unit: z.string().nullable(),
  detected: z.boolean().nullable(),
  shareBasis: ShareBasis.nullable(),
  limitText: z.string().nullable(),
  lod: z.string().nullable(),
  loq: z.string().nullable(),
  uncertainty: z.string().nullable(),
  coverageFactor: z.string().nullable(),
  replicates: z.number().nullable(),
  verdict: Verdict.nullable(),
  remark: z.string().nullable(),
});

/** The label beside what was found: shown, never decided. */
export const LabelJudgment = z.object({
  declared: z.array(z.string()),
  findings: z.array(
    z.object({
      species: z.string(),
      declared: z.boolean(),
      detected: z.boolean().nullable(),
      printed: z.string(),
      operator: Operator.nullable(),
      share: z.string().nullable(),
      unit: z.string().nullable(),
      uncertainty: z.string().nullable(),
      coverageFactor: z.string().nullable(),
      shareBasis: ShareBasis.nullable(),
      band: z.enum(['below_lod', 'trace', 'carry_over', 'hard_to_explain']).nullable(),
      bandName: z.object({ zh: z.string(), en: z.string() }).nullable(),
    }),
  ),
  undeclared: z.array(z.string()),
  notDetected: z.array(z.string()),
  unmentioned: z.array(z.string()),
  flag: z.enum(['agrees', 'differs', 'incomplete', 'nothing_declared']),
  shareSum: z.string().nullable(),
  warnings: z.array(z.enum(['shares_do_not_add_up', 'declared_not_tested'])),
  sentence: z.object({ zh: z.string(), en: z.string() }),
});

/** The laboratory as it stands on its report: as it is now, and from the day of issue as it was then. */
const Laboratory = z.object({
  name: z.string(),
  cmaNumber: z.string().nullable(),
  cnasNumber: z.string().nullable(),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
});

export const ReportView = z.object({
  id: z.uuid(),
  reportVersion: z.number(),
  state: ReportState,
  number: z.string(),
  testedFrom: z.string().nullable(),
  testedTo: z.string().nullable(),
  conclusion: z.string().nullable(),
  labelJudgment: LabelJudgment.nullable(),
  laboratory: Laboratory,
  /** Empty: it lacks nothing. */
  shortcomings: z.array(Shortcoming),
  enteredBy: z.uuid(),
  enteredAt: z.string(),
  verifiedBy: z.uuid().nullable(),
  verifiedAt: z.string().nullable(),
  returnedReason: z.string().nullable(),
  reportedBy: z.uuid().nullable(),
  reportedAt: z.string().nullable(),
  results: z.array(ResultView),
});

export type Species = z.infer<typeof SpeciesKey>;
export type ResultItem = z.infer<typeof ResultItem>;
export type RecordResultInput = z.infer<typeof RecordResultBody>;
export type LabelJudgment = z.infer<typeof LabelJudgment>;
export type ReportView = z.infer<typeof ReportView>;
