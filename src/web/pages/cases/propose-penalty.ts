import type { AnswerOf, BodyOf } from '../../api/types.ts';
import { type Act, act } from '../../components/act.ts';
import { DECISION_KINDS } from './case-words.ts';
import { PenaltyBody } from './decision-bodies.tsx';
import { type Track, typedFines } from './fine-rows.tsx';

type Case = AnswerOf<'/api/cases/{id}'>;
type Values = Record<string, unknown>;

/** These of the values, where they are anything. */
export const pick = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([name, value]) => names.includes(name) && value !== null),
  );

/** The notice that stands. */
export const noticeOf = (track: Track) => track.proposals.find(({ state }) => state === 'approved');

const KEPT = ['kind', 'facts', 'evidence', 'basis', 'reasons', 'orderToCorrect', 'goodsText', 'others'];

/** What a proposal begins with: the notice before it, else the report of the investigation. */
function proposalStart(track: Track, { procedure }: Case): Values {
  const { suggested, discretion, ...report } = procedure.reports.at(-1) ?? {};
  const notice = noticeOf(track);
  const fines = track.acts.map(({ chosenId, violationIds }) => {
    const told = notice?.fines.find(({ violationId }) => violationIds.includes(violationId));
    return { violationId: chosenId, ...(told ? { fineFen: Number(told.fine.exactFen) } : {}) };
  });
  const { gains } = track;
  return {
    ...pick(notice ?? { ...report, kind: suggested, reasons: discretion }, KEPT),
    ...(gains?.state === 'standing' ? { gainsFen: Number(gains.forfeit.exactFen) } : {}),
    fines,
    reportIds: notice?.reportIds ?? [],
  };
}

const COMMON = ['kind', 'facts', 'evidence', 'basis', 'reasons', 'changed', 'changeReason'];
const OF_PENALTY = [
  'reportIds',
  'gainsFen',
  'goodsFen',
  'goodsText',
  'others',
  'orderToCorrect',
  'isListed',
  'listingConsent',
  'afterCriminalFine',
];

/** A proposal as its kind has it: what was typed for the other kind stays behind. */
const proposalBody = (values: Values): BodyOf<'/api/cases/{id}/proposals'> =>
  (values['kind'] === 'penalty'
    ? { ...pick(values, [...COMMON, ...OF_PENALTY]), fines: typedFines(values) }
    : pick(values, [...COMMON, 'education', 'otherAgency'])) as never;

const isKind =
  (wanted: string) =>
  ({ kind }: Values): boolean =>
    kind === wanted;

/** Puts the decision before the head, with a notice to be renewed where there is one. */
export const propose = (track: Track, found: Case): Act =>
  act('/api/cases/{id}/proposals', {
    fields: [
      {
        name: 'kind',
        kind: 'choice',
        required: true,
        label: 'field.decisionKind',
        words: { prefix: 'word.decisionKind', values: DECISION_KINDS },
      },
      ...(noticeOf(track)
        ? ([
            {
              name: 'changed',
              kind: 'choices',
              required: true,
              words: { prefix: 'word.changed', values: ['facts', 'basis', 'penalty'] },
            },
            { name: 'changeReason', kind: 'text', required: true, rows: 2 },
          ] as const)
        : []),
      { name: 'facts', kind: 'text', required: true, label: 'field.foundFacts', rows: 5 },
      { name: 'evidence', kind: 'text', required: true },
      ...(track.laboratoryReports.length > 0
        ? ([
            {
              name: 'reportIds',
              kind: 'choices',
              help: 'penalty.reportsHelp',
              options: track.laboratoryReports.map(({ id, number }) => ({ value: id, label: number })),
              when: isKind('penalty'),
            },
          ] as const)
        : []),
      { name: 'basis', kind: 'text', required: true, label: 'field.penaltyBasis' },
      { name: 'reasons', kind: 'text', required: true, label: 'field.discretion' },
      { name: 'education', kind: 'text', required: true, when: isKind('no_penalty') },
      { name: 'otherAgency', kind: 'line', required: true, when: isKind('other_agency') },
    ],
    Body: PenaltyBody,
    initial: () => proposalStart(track, found),
    body: proposalBody,
  });
