import type { AnswerOf } from '../../api/types.ts';
import type { Act } from '../../components/act.ts';
import { recordActs } from '../../components/record-acts.ts';
import { proposeTransfer } from '../referrals/referral-acts.ts';
import type { Track } from './fine-rows.tsx';
import { hearingActs } from './hearing-acts.ts';
import { archiveActs, type CaseFile } from './archive-acts.ts';
import { type Account, PAYMENT_BESIDE, paymentActs } from './payment-acts.ts';
import { penaltyActs } from './penalty-acts.ts';
import { procedureActs } from './procedure-acts.ts';
import { CASE_FIELDS } from './propose-case.ts';

/** What may be done with a case: its own acts by their verb, those of its penalty, hearing and transfer by their whole name. */
export const caseActs = (
  found: AnswerOf<'/api/cases/{id}'>,
  track: Track,
  { account, file }: { account: Account; file: CaseFile | undefined },
): Record<string, Act> => ({
  ...procedureActs,
  ...penaltyActs(track, found),
  ...hearingActs,
  ...paymentActs(account),
  ...archiveActs(file),
  'transfer.propose': proposeTransfer,
  ...recordActs('/api/cases', [...CASE_FIELDS, { name: 'partyId', kind: 'party' }]),
});

/** Possible at any time, and so never the next step. */
const BESIDE: readonly string[] = [
  'extend',
  'suspend',
  'terminate',
  'refer_to_legal',
  'penalty.take_up_again',
  'hearing.terminate',
  'transfer.propose',
  ...PAYMENT_BESIDE,
];

/** As those, by what there is: a notice is renewed, a statement taken or re-checked only where there is reason to. */
export const besideOf = ({ state, proposals, statements }: Track): readonly string[] => [
  ...BESIDE,
  ...(state === 'rechecked' ? ['penalty.defend'] : []),
  ...(proposals.some((one) => one.state === 'approved') ? ['penalty.propose'] : []),
  ...(statements.some(({ kind, adopted }) => kind === 'statement' && !adopted) ? [] : ['penalty.recheck']),
];
