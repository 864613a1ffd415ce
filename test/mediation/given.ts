import type { MediationView } from '../../src/modules/mediation/schemas.ts';
import type { TipView } from '../../src/modules/tips/schemas.ts';
import type { TestApp } from '../app.ts';
import { COMPLAINT, givenTip, type Problem } from '../tips/given.ts';

export type Answer = MediationView & Problem;

/** What a mediation begins with on a day. */
export const begin = (day: string) => ({
  complainantAgreedOn: day,
  respondentAgreedOn: day,
  mode: 'on_site',
  meetAt: `${day}T15:00:00+08:00`,
  place: '斑竹园所调解室',
  mediators: ['赵调解', '钱调解'],
  contactPhone: '13800000009',
});

/** What was agreed. */
export const SETTLED = { amountFen: 9800, agreement: '退还货款98元。', isWritten: true };

/** A complaint accepted on a day, and what is done with it. */
export async function accepted(app: TestApp, day: string) {
  app.setNow(`${day}T10:00:00+08:00`);
  const intake = await app.as('intake_officer');
  const { id } = await givenTip(intake, { ...COMPLAINT, boughtOn: undefined });
  await intake.post(`/api/tips/${id}/accept`, {});
  const act = (path: string, body: unknown) => intake.post<Answer>(`/api/tips/${id}/mediation/${path}`, body);
  const tip = async (): Promise<TipView> => (await intake.get<TipView>(`/api/tips/${id}`)).body;
  const clock = async (rule: string) => (await tip()).clocks.find((one) => one.rule === rule);
  const view = async (): Promise<MediationView> =>
    (await intake.get<MediationView>(`/api/tips/${id}/mediation`)).body;
  return { id, intake, act, tip, clock, view };
}
