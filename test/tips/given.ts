import { inTx } from '../../src/context.ts';
import type { Answer, Client } from '../../src/demo/client.ts';
import { addBureau, addUser, hashChosenPassword } from '../../src/modules/identity/index.ts';
import type { SourceView } from '../../src/modules/sources/schemas.ts';
import type { TipView } from '../../src/modules/tips/schemas.ts';
import type { TestApp } from '../app.ts';

/** What every answer may be: the thing, or a problem. */
export type Problem = {
  code: string;
  gate?: string;
  article?: string;
  errors?: { field: string; code: string }[];
};
export type TipAnswer = Answer<TipView & Problem>;
export type SourceAnswer = Answer<SourceView & Problem>;

/** Made up: the number has a right check figure and no holder. */
export const REPORTER = {
  name: '苟秘密',
  phone: '138 0000 0001',
  address: '成都市新都区保密街77号',
  idNumber: '11010519491231002X',
  email: 'geheim@example.com',
};

export const RESPONDENT = { name: '成都演示牧香食品有限公司', address: '成都市新都区演示路9号' };

export const REPORT = {
  kind: 'report',
  channel: '12345',
  reporter: REPORTER,
  respondent: RESPONDENT,
  narrative: '网售牛肉干不像牛肉，怀疑以鸭肉冒充。',
  productName: '手撕风干牛肉干',
};

export const COMPLAINT = {
  kind: 'complaint',
  channel: 'phone',
  reporter: REPORTER,
  respondent: RESPONDENT,
  narrative: '2024年1月28日购买牛肉干一袋，口感异常。',
  demand: '退还货款98元。',
  amountFen: 9800,
  boughtOn: '2024-01-28',
};

/** Registers a tip and answers its view; fails the test otherwise. */
export async function givenTip(client: Client, body: object = REPORT): Promise<TipView> {
  const answer = await client.post<TipView>('/api/tips', body);
  if (answer.status !== 201) throw new Error(`a tip: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Registers a source and answers its view; fails the test otherwise. */
export async function givenSource(client: Client, body: object = {}): Promise<SourceView> {
  const entered = {
    origin: 'media',
    foundOn: '2024-02-05',
    partyName: '某作坊',
    content: '媒体报道。',
    ...body,
  };
  const answer = await client.post<SourceView>('/api/sources', entered);
  if (answer.status !== 201) throw new Error(`a source: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** The head decides on what is being asked about a thing. */
export async function decide(
  app: TestApp,
  subjectId: string,
  decision: 'approved' | 'refused',
): Promise<Answer<Problem>> {
  const approval = await app.owner
    .selectFrom('approvals')
    .select('id')
    .where('subjectId', '=', subjectId)
    .where('state', '=', 'proposed')
    .executeTakeFirstOrThrow();
  const head = await app.as('bureau_head');
  return head.post(`/api/approvals/${approval.id}/decide`, { decision, opinion: '同意' });
}

/** Whether an act is offered, and if not, why. */
export const offered = (
  view: { allowedActions: { action: string; allowed: boolean; code?: string }[] },
  act: string,
) => {
  const found = view.allowedActions.find(({ action }) => action === act);
  return found && (found.allowed ? 'yes' : found.code);
};

/** An officer of another bureau, who holds the intake role as well. */
export async function outsider({ ctx, anonymous }: TestApp): Promise<Client> {
  const password = 'Another-Pass-77';
  const passwordHash = await hashChosenPassword(password, 'other-officer');
  await inTx(ctx(), async (tx) => {
    const bureauId = await addBureau(tx, {
      areaCode: '510115',
      name: '温江区市场监督管理局',
      shortName: '温江',
    });
    const home = { bureauId, laboratoryId: null, unitId: null, passwordHash, mustChangePassword: false };
    await addUser(tx, {
      login: 'other-officer',
      name: '钱办案',
      roleKeys: ['case_officer', 'intake_officer'],
      ...home,
    });
  });
  return anonymous().logIn('other-officer', password);
}
