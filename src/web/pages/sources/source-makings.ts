import type { AnswerOf } from '../../api/types.ts';
import type { Making } from '../../components/create-menu.tsx';
import { given } from '../../components/given.ts';
import { proposeCase } from '../cases/propose-case.ts';
import { planInspection } from '../inspections/inspection-acts.tsx';
import { proposeMeasure } from '../measures/measure-acts.tsx';
import { planOperation } from '../operations/operation-acts.tsx';
import { draftClueNotice } from '../referrals/referral-acts.ts';
import { collectSample } from '../samples/sample-acts.ts';

/** What is begun out of a case source while it is verified. */
export const makingsOf = ({ partyId, partyAddress, verifiers }: AnswerOf<'/api/sources/{id}'>): Making[] => {
  const officerIds = verifiers.map(({ id }) => id);
  const about = given({ partyId, place: partyAddress });
  return [
    {
      name: 'sample.collect',
      act: collectSample('sourceId', given({ partyId, officerIds })),
      to: ({ id }) => `/samples/${id}`,
    },
    {
      name: 'inspection.plan',
      act: planInspection('sourceId', about),
      to: ({ id }) => `/inspections/${id}`,
    },
    {
      name: 'operation.plan',
      act: planOperation('sourceId', { officerIds }),
      to: ({ id }) => `/operations/${id}`,
    },
    {
      name: 'measure.propose',
      act: proposeMeasure('sourceId', { ...about, officerIds }),
      to: ({ id }) => `/measures/${id}`,
    },
    { name: 'clue_notice.draft', act: draftClueNotice, to: ({ id }) => `/clue-notices/${id}` },
    { name: 'case.propose', act: proposeCase, to: ({ id }) => `/cases/${id}` },
  ];
};
