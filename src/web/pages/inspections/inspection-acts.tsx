import { Divider } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Act, act, type ActBody } from '../../components/act.ts';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf, PostedOf } from '../../api/types.ts';
import type { Field } from '../../components/fields.ts';
import { FormFields } from '../../components/form-fields.tsx';
import { given } from '../../components/given.ts';
import { recordActs } from '../../components/record-acts.ts';
import { INSPECTION_KINDS, PRESENCES } from './inspection-words.ts';
import { PeopleRows } from './people-rows.tsx';
import { RecordText } from './record-text.tsx';

type Inspection = AnswerOf<'/api/inspections/{id}'>;
type Operation = AnswerOf<'/api/operations/{id}'>;

const presence: Field = {
  name: 'partyPresent',
  kind: 'choice',
  required: true,
  words: { prefix: 'word.partyPresent', values: PRESENCES },
};

const WHERE = [
  { name: 'subjectMatter', kind: 'text', required: true, rows: 2, autoFocus: true },
  { name: 'place', kind: 'line', label: 'field.inspectionPlace', required: true, wide: true },
  { name: 'isDwelling', kind: 'yes', help: 'inspection.dwellingHelp' },
] as const satisfies Field[];

/** Plans an inspection, out of what it is of. */
export const planInspection = (
  tie?: 'sourceId' | 'operationId',
  from: Record<string, unknown> = {},
): Act<PostedOf<'/api/inspections'>> =>
  act('/api/inspections', {
    fields: [
      {
        name: 'kind',
        kind: 'choice',
        label: 'field.inspectionKind',
        initial: 'on_site',
        words: { prefix: 'word.inspectionKind', values: INSPECTION_KINDS },
      },
      ...WHERE,
      { name: 'partyId', kind: 'party', label: 'field.partyKnown', wide: true },
    ],
    initial: () => from,
    body: (values, { id }) => ({
      ...(values as { subjectMatter: string; place: string }),
      ...(tie ? { [tie]: id } : {}),
    }),
  });

const TEAM: Field[] = [
  { name: 'startedAt', kind: 'instant', label: 'field.startedAt', help: 'referral.nowHelp' },
  presence,
  {
    name: 'officerIds',
    kind: 'users',
    label: 'field.inspectors',
    required: true,
    wide: true,
    help: 'source.twoOfficers',
  },
  { name: 'partyNotified', kind: 'text', required: true, rows: 2, help: 'inspection.notifiedHelp' },
];

const StartBody: ActBody = () => {
  const { t } = useTranslation();
  return (
    <>
      <FormFields fields={TEAM} />
      <Divider titlePlacement="start">{t('inspection.others')}</Divider>
      <PeopleRows />
    </>
  );
};

/** The answers and findings of the on-site record, in the order of the form: rights before evidence. */
const RECORD = [
  { name: 'idsShownAnswer', kind: 'text', rows: 1, help: 'inspection.askIds' },
  { name: 'rightsToldAnswer', kind: 'text', rows: 1, help: 'inspection.askRights' },
  { name: 'recusalAsked', kind: 'yes' },
  { name: 'findings', kind: 'text', rows: 6 },
  { name: 'measuresTold', kind: 'text', rows: 3, help: 'inspection.measuresHelp' },
  { name: 'partyStatement', kind: 'text', rows: 3 },
] as const satisfies Field[];

const PARTY = [
  { name: 'partyId', kind: 'party', label: 'field.partyKnown', wide: true },
  { name: 'partyNotified', kind: 'text', rows: 2 },
] as const satisfies Field[];

const RecordBody: ActBody = () => {
  const { t } = useTranslation();
  return (
    <>
      <FormFields fields={[...RECORD, ...PARTY, presence]} />
      <Divider titlePlacement="start">{t('inspection.newcomers')}</Divider>
      <FormFields fields={[{ name: 'officerIds', kind: 'users', label: 'field.inspectors', wide: true }]} />
      <PeopleRows />
    </>
  );
};

const END: Field[] = [
  { name: 'closingAnswer', kind: 'text', rows: 1, help: 'inspection.askTrue' },
  { name: 'partyRefusedToSign', kind: 'yes' },
  {
    name: 'refusalNote',
    kind: 'text',
    rows: 2,
    help: 'inspection.refusalHelp',
    when: ({ partyRefusedToSign }) => partyRefusedToSign === true,
  },
  { name: 'endedAt', kind: 'instant', label: 'field.endedAt', help: 'referral.nowHelp' },
];

const EndBody: ActBody = ({ subject }) => {
  const { data: inspection } = useApi('/api/inspections/{id}', { path: { id: subject.id } });
  return (
    <>
      {inspection && <RecordText inspection={inspection} />}
      <FormFields fields={END} />
    </>
  );
};

/** Whom an inspection begins with: those of its joint operation, of both sides. */
const teamOf = (inspection: Inspection, operation: Operation | undefined): Record<string, unknown> => ({
  officerIds: operation?.people.flatMap(({ userId }) => userId ?? []) ?? inspection.assignedUserIds,
  people: (operation?.people ?? [])
    .filter(({ side }) => side === 'police')
    .map(({ side, name, credential, organisation, role }) =>
      given({ side, name, credential, organisation, role }),
    ),
});

/** What is written already, to be gone on with. */
const recorded = (inspection: Inspection): Record<string, unknown> =>
  given(
    Object.fromEntries(
      [...RECORD, ...PARTY, presence].map(({ name }) => [name, inspection[name as keyof Inspection]]),
    ),
  );

/** What may be done with an inspection. */
export const inspectionActs = (
  inspection: Inspection,
  operation: Operation | undefined,
): Record<string, Act> => ({
  start: act('/api/inspections/{id}/start', {
    Body: StartBody,
    initial: () => teamOf(inspection, operation),
  }),
  record: act('/api/inspections/{id}/record', { Body: RecordBody, initial: () => recorded(inspection) }),
  end: act('/api/inspections/{id}/end', {
    Body: EndBody,
    initial: () => ({ partyRefusedToSign: false }),
  }),
  ...recordActs('/api/inspections', [
    ...WHERE.map((field) => ({ ...field, required: false, autoFocus: false })),
    { name: 'startedAt', kind: 'instant', label: 'field.startedAt' },
    { name: 'endedAt', kind: 'instant', label: 'field.endedAt' },
    ...RECORD,
    ...PARTY,
    { ...presence, required: false },
    { name: 'closingAnswer', kind: 'text', rows: 1 },
    { name: 'partyRefusedToSign', kind: 'yes' },
    { name: 'refusalNote', kind: 'text', rows: 2 },
  ]),
});
