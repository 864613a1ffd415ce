import { inTx } from '../../src/context.ts';
import { type Client, makeClient } from '../../src/demo/client.ts';
import { addBureau, addUser, hashChosenPassword } from '../../src/modules/identity/index.ts';
import type { TestApp } from '../app.ts';

/** A unique made-up name, so that two givens of one file do not meet. */
let count = 0;
const nextName = (): string => `成都市新都区某某食品有限公司${(count += 1)}`;

type Id = { id: string };

/** Sends and insists on `status`; answers the body. */
export async function must<T = Id & Record<string, unknown>>(
  sent: Promise<{ status: number; body: unknown }>,
  status = 200,
): Promise<T> {
  const { status: got, body } = await sent;
  if (got !== status) throw new Error(`${got} instead of ${status}: ${JSON.stringify(body)}`);
  return body as T;
}

/** The two certified officers of the template. */
export const officersOf = ({ filled }: TestApp): [string, string] => [
  filled.users.case_officer!.id,
  filled.users.case_officer_2!.id,
];

/** A case source registered today. */
export async function registeredSource(app: TestApp): Promise<Id> {
  const body = {
    origin: 'inspection',
    foundOn: '2024-02-05',
    party: { kind: 'company', name: nextName(), address: '成都市新都区新繁街道' },
    content: '日常检查中发现当事人网店销售的“牛肉干”外包装未标示生产许可证编号。',
  };
  return must((await app.as('case_officer')).post('/api/sources', body), 201);
}

/** A source in verification whose findings two officers have recorded. */
export async function verifiedSource(app: TestApp): Promise<Id & { partyId: string }> {
  const officer = await app.as('case_officer');
  const { id } = await registeredSource(app);
  await must(officer.post(`/api/sources/${id}/verify`, { verifierIds: officersOf(app) }));
  const verification = { verification: '经抽样检验，检出鸭源性成分，涉嫌以鸭肉冒充牛肉。' };
  return must(officer.post(`/api/sources/${id}/verification`, verification));
}

/** What a filing proposal says. */
export const filingOf = (app: TestApp, sourceId: string): Record<string, unknown> => ({
  sourceId,
  title: '某某食品有限公司涉嫌生产经营掺假掺杂食品案',
  cause: '涉嫌生产经营掺假掺杂食品',
  facts: '经核查，当事人销售的牛肉干检出鸭源性成分。',
  basis: '《食品安全法》第三十四条第六项、第一百二十四条第一款',
  jurisdictionBasis: '违法行为发生地在新都区（《市场监督管理行政处罚程序规定》第七条）',
  officerIds: officersOf(app),
});

/** A case put before the head. */
export async function proposedCase(app: TestApp): Promise<Id & { approvalId: string; sourceId: string }> {
  const source = await verifiedSource(app);
  return must((await app.as('case_officer')).post('/api/cases', filingOf(app, source.id)), 201);
}

/** Decides an approval as one of the heads. */
export async function decide(
  app: TestApp,
  approvalId: string,
  { as = 'bureau_head', decision = 'approved' }: { as?: string; decision?: 'approved' | 'refused' } = {},
): Promise<void> {
  const opinion = decision === 'approved' ? '同意。' : '事实尚不清楚，补充核查。';
  await must((await app.as(as)).post(`/api/approvals/${approvalId}/decide`, { decision, opinion }));
}

/** A filed case, under investigation. */
export async function filedCase(app: TestApp): Promise<Id & { approvalId: string; sourceId: string }> {
  const proposed = await proposedCase(app);
  await decide(app, proposed.approvalId);
  return proposed;
}

/** Reads what may be done now, as `client` sees it. */
export async function allowed(client: Client, path: string): Promise<string[]> {
  const { allowedActions } = await must<{ allowedActions: { action: string; allowed: boolean }[] }>(
    client.get(path),
  );
  return allowedActions.filter((one) => one.allowed).map((one) => one.action);
}

const PASSWORD = 'Another-Bureau-2024';

/** Somebody of another bureau, its unit head unless told otherwise: to him nothing of ours is there. */
export async function strangerOf(app: TestApp, roleKeys = ['unit_head', 'principal_head']): Promise<Client> {
  const passwordHash = await hashChosenPassword(PASSWORD, 'stranger');
  const login = `stranger${(count += 1)}`;
  await inTx(app.ctx(), async (tx) => {
    const areaCode = String(510_000 + count).padStart(6, '0');
    const bureauId = await addBureau(tx, { areaCode, name: `另一市场监督管理局${count}`, shortName: '另' });
    await addUser(tx, {
      login,
      name: '外局人',
      bureauId,
      laboratoryId: null,
      unitId: null,
      roleKeys,
      certificateNumber: '川B00000001',
      certificateFrom: '2021-07-15',
      certificateTo: '2029-12-31',
      passwordHash,
      mustChangePassword: false,
    });
  });
  return makeClient(app.url).logIn(login, PASSWORD);
}
