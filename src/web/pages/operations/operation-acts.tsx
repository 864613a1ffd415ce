import { Divider } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BodyOf, PostedOf } from '../../api/types.ts';
import { type Act, act, type ActBody } from '../../components/act.ts';
import type { Field } from '../../components/fields.ts';
import { FormFields } from '../../components/form-fields.tsx';
import { FormRows } from '../../components/form-rows.tsx';
import { recordActs } from '../../components/record-acts.ts';
import { LOG_SIDES } from './operation-words.ts';

const ABOUT = [
  { name: 'title', kind: 'line', label: 'field.operationTitle', required: true, wide: true, autoFocus: true },
  { name: 'plannedOn', kind: 'day', required: true },
  { name: 'partner', kind: 'line', required: true, help: 'operation.partnerHelp' },
  { name: 'plan', kind: 'text', label: 'field.operationPlan', required: true, rows: 4 },
] as const satisfies Field[];

const SITE: Field[] = [
  { name: 'name', kind: 'line', label: 'field.siteName', required: true },
  { name: 'address', kind: 'line', required: true },
  { name: 'isDwelling', kind: 'yes' },
];

const POLICE: Field[] = [
  { name: 'name', kind: 'line', label: 'field.personName', required: true },
  { name: 'credential', kind: 'line', label: 'field.badgeNumber', required: true },
  { name: 'organisation', kind: 'line', required: true },
  { name: 'role', kind: 'line', label: 'field.position' },
];

const Sites = () => (
  <FormRows
    name="sites"
    fields={SITE}
    add="operation.addSite"
    row="operation.site"
    initial={{ isDwelling: false }}
  />
);

const PlanBody: ActBody = () => {
  const { t } = useTranslation();
  return (
    <>
      <FormFields fields={ABOUT} />
      <Divider titlePlacement="start">{t('operation.sites')}</Divider>
      <Sites />
      <Divider titlePlacement="start">{t('operation.people')}</Divider>
      <FormFields
        fields={[
          {
            name: 'officerIds',
            kind: 'users',
            label: 'operation.ourOfficers',
            required: true,
            wide: true,
            help: 'source.twoOfficers',
          },
        ]}
      />
      <FormRows name="police" fields={POLICE} add="operation.addPolice" row="operation.policeRow" />
    </>
  );
};

/** Plans a joint operation, out of what it is of. */
export const planOperation = (
  tie?: 'sourceId',
  from: Record<string, unknown> = {},
): Act<PostedOf<'/api/operations'>> =>
  act('/api/operations', {
    Body: PlanBody,
    initial: () => ({ sites: [{ isDwelling: false }], ...from }),
    body: (values, { id }) => ({
      ...(values as BodyOf<'/api/operations'>),
      ...(tie ? { [tie]: id } : {}),
    }),
  });

const RESULT = [
  { name: 'outcome', kind: 'text', label: 'field.operationOutcome', rows: 3 },
  { name: 'bureauTook', kind: 'text', rows: 2 },
  { name: 'policeTook', kind: 'text', rows: 2 },
] as const satisfies Field[];

const startedAt = {
  name: 'startedAt',
  kind: 'instant',
  label: 'field.startedAt',
  help: 'referral.nowHelp',
} as const satisfies Field;

/** What may be done with a joint operation. */
export const operationActs: Record<string, Act> = {
  start: act('/api/operations/{id}/start', { fields: [startedAt] }),
  log: act('/api/operations/{id}/log', {
    fields: [
      {
        name: 'side',
        kind: 'choice',
        required: true,
        initial: 'bureau',
        words: { prefix: 'word.side', values: LOG_SIDES },
      },
      { name: 'at', kind: 'instant', help: 'referral.nowHelp' },
      { name: 'entry', kind: 'text', required: true },
    ],
  }),
  end: act('/api/operations/{id}/end', {
    fields: [
      ...RESULT.map((field) => ({ ...field, required: true })),
      { name: 'endedAt', kind: 'instant', label: 'field.endedAt', help: 'referral.nowHelp' },
    ],
  }),
  call_off: act('/api/operations/{id}/call-off', {
    danger: true,
    fields: [{ name: 'reason', kind: 'text', required: true, autoFocus: true }],
  }),
  ...recordActs('/api/operations', [
    ...ABOUT.map((field) => ({ ...field, required: false, autoFocus: false })),
    ...RESULT,
  ]),
};
