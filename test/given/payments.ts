import type { TestApp } from '../app.ts';
import { must } from './cases.ts';
import { decideMatter, servedCase } from './penalty.ts';

export type Money = { exactFen: string; figures: string };

/** The account of a decision as the tests look at it. */
export type Account = {
  state: string;
  dues: { dueOn: string; amount: Money }[];
  sums: { purpose: string; owed: Money; paid: Money; open: Money }[];
  surcharge: { runs: { from: string; to: string; days: number }[]; isCapped: boolean; arithmetic: string[] };
  payments: { id: string; purpose: string; voidReason: string | null }[];
  plans: { state: string; toldOn: string | null; approvalId: string }[];
  demands: { id: string; servedOn: string | null; answer: string | null }[];
  applications: { state: string; surcharge: Money }[];
  clocks: { rule: string; state: string; rawOn: string; rolledOn: string; overdue: boolean | null }[];
  allowedActions: { action: string; allowed: boolean; code?: string; reason?: string; article?: string }[];
};

export const account = async (app: TestApp, id: string): Promise<Account> =>
  must<Account>((await app.as('case_officer')).get(`/api/cases/${id}/payments`));

let receipts = 0;

/** A payment through the bank, by a receipt of its own. */
export const paid = (paidOn: string, amountFen: number, purpose = 'fine'): object => ({
  paidOn,
  amountFen,
  purpose,
  way: 'bank',
  receipt: `川财〔${paidOn}〕${(receipts += 1)}`,
});

/** What is open, in yuan: fine, gains, surcharge. */
export const openOf = ({ sums }: Account): string[] => sums.map(({ open }) => open.figures);

export const toldOf = ({ allowedActions }: Account, action: string) =>
  allowedActions.find((one) => one.action === action);

export const clockOf = ({ clocks }: Account, rule: string) => clocks.find((one) => one.rule === rule);

/** A case whose fine was paid in time and whose closing the head has approved, on 2024-02-07. */
export async function closedCase(app: TestApp): Promise<{ id: string }> {
  const { id } = await servedCase(app);
  const officer = await app.as('case_officer');
  await must(officer.post(`/api/cases/${id}/payments`, paid('2024-02-07', 7_000_000)), 201);
  await must(officer.post(`/api/cases/${id}/payments/finish`, { performedOn: '2024-02-07' }));
  await must(officer.post(`/api/cases/${id}/close`, { opinion: '处罚决定执行完毕，建议结案。' }));
  await decideMatter(app, id, 'case.close');
  return { id };
}
