import { type Ctx, inTx, type TxCtx } from '../context.ts';
import { contextOf, type Deps, systemActor } from '../deps.ts';
import { importDivisions } from '../modules/grid/index.ts';
import { addBureau, addUser, hashChosenPassword } from '../modules/identity/index.ts';

/** Who the demo and the tests log in as: one user per role, and a second of those the law wants two of. */
export type FilledUser = { id: string; login: string; name: string };

/** What was filled. */
export type Filled = {
  bureauId: string;
  laboratoryId: string;
  stationId: string;
  sectionId: string;
  password: string;
  users: Record<string, FilledUser>;
};

/** Made up for the demo and the tests; a real bureau begins with the set-up link instead. */
const PASSWORD = 'Xindu-Demo-2024';

const BUREAU = { areaCode: '510114', name: '成都市新都区市场监督管理局', shortName: '新都' };

/** What papers say of the bureau besides its name. */
const SETTINGS = JSON.stringify({
  contactPhone: '02800000000',
  contactAddress: '四川省成都市新都区演示路1号',
});

type Person = { role: string; as?: string; name: string; certificate?: string; home?: 'station' | 'section' };

const PEOPLE: Person[] = [
  { role: 'intake_officer', name: '文小雨', home: 'section' },
  { role: 'dispatcher', name: '沈佳宁', home: 'section' },
  { role: 'case_officer', name: '林晓峰', certificate: '川A01140021', home: 'station' },
  { role: 'case_officer', as: 'case_officer_2', name: '周敏', certificate: '川A01140022', home: 'station' },
  { role: 'unit_head', name: '罗建国', certificate: '川A01140007', home: 'station' },
  { role: 'case_reviewer', name: '何静', certificate: '川A01140031', home: 'section' },
  { role: 'legal_reviewer', name: '曾法生', certificate: '川A01140032', home: 'section' },
  { role: 'hearing_host', name: '唐正', certificate: '川A01140033', home: 'section' },
  { role: 'hearing_recorder', name: '蒋文', home: 'section' },
  { role: 'deputy_head', name: '冯立新', certificate: '川A01140003' },
  { role: 'bureau_head', name: '邓志远', certificate: '川A01140002' },
  { role: 'principal_head', name: '彭国安', certificate: '川A01140001' },
  { role: 'fines_clerk', name: '谢芳', home: 'section' },
  { role: 'archive_clerk', name: '韩雪', home: 'section' },
  { role: 'property_keeper', name: '吕大成', home: 'section' },
  { role: 'police_liaison', name: '任警联', home: 'section' },
  { role: 'grid_worker', name: '杨桂花', home: 'station' },
  { role: 'auditor', name: '程监', home: 'section' },
  { role: 'administrator', name: '管理员' },
];

const LABORATORY_PEOPLE: Person[] = [
  { role: 'laboratory_clerk', name: '郑检' },
  { role: 'laboratory_verifier', name: '王核' },
  { role: 'laboratory_approver', name: '李准' },
];

type Home = {
  bureauId: string | null;
  laboratoryId: string | null;
  units: Record<string, string>;
  passwordHash: string;
};

async function addPerson(tx: TxCtx, person: Person, home: Home): Promise<[string, FilledUser]> {
  const key = person.as ?? person.role;
  const login = key.replaceAll('_', '-');
  const id = await addUser(tx, {
    login,
    name: person.name,
    bureauId: home.bureauId,
    laboratoryId: home.laboratoryId,
    unitId: person.home ? home.units[person.home]! : null,
    roleKeys: [person.role],
    certificateNumber: person.certificate ?? null,
    certificateFrom: person.certificate ? '2021-07-15' : null,
    certificateTo: person.certificate ? '2029-12-31' : null,
    passwordHash: home.passwordHash,
    mustChangePassword: false,
  });
  return [key, { id, login, name: person.name }];
}

async function addUnits(tx: TxCtx, bureauId: string): Promise<Record<string, string>> {
  const ids = { station: tx.newId(), other: tx.newId(), section: tx.newId() };
  const common = { bureauId, createdAt: tx.now };
  await tx.db
    .insertInto('units')
    .values([
      { id: ids.station, kind: 'station', name: '新繁市场监督管理所', areaCodes: ['510114005'], ...common },
      { id: ids.other, kind: 'station', name: '大丰市场监督管理所', areaCodes: ['510114001'], ...common },
      { id: ids.section, kind: 'section', name: '食品安全监督管理科', areaCodes: [], ...common },
    ])
    .execute();
  return ids;
}

async function addLaboratory(tx: TxCtx, ownerBureauId: string): Promise<string> {
  const id = tx.newId();
  await tx.db
    .insertInto('laboratories')
    .values({
      id,
      name: '成都市食品检验研究院（演示）',
      cmaNumber: '200000000000',
      validFrom: '2020-01-01',
      validTo: '2029-12-31',
      address: '成都市演示路1号',
      phone: '02800000000',
      ownerBureauId,
      createdAt: tx.now,
    })
    .execute();
  return id;
}

/** Street → community → general grid → micro-grid of 新繁, looked after by its station. */
async function addGrid(
  tx: TxCtx,
  home: { bureauId: string; unitId: string; workerId: string },
): Promise<void> {
  const levels = [
    { level: 'street', name: '新繁街道', divisionCode: '510114005' },
    { level: 'community', name: '演示社区', divisionCode: null },
    { level: 'grid', name: '第1网格', divisionCode: null },
    { level: 'micro_grid', name: '第1微网格', divisionCode: null },
  ] as const;
  let parentId: string | null = null;
  for (const area of levels) {
    const id = tx.newId();
    await tx.db
      .insertInto('gridAreas')
      .values({ id, ...area, parentId, bureauId: home.bureauId, unitId: home.unitId, createdAt: tx.now })
      .execute();
    parentId = id;
  }
  const worker = { id: tx.newId(), bureauId: home.bureauId, areaId: parentId!, userId: home.workerId };
  await tx.db
    .insertInto('gridWorkers')
    .values({ ...worker, fromOn: '2023-09-01', createdAt: tx.now })
    .execute();
}

async function addPeople(tx: TxCtx, people: Person[], home: Home): Promise<Record<string, FilledUser>> {
  const added: Record<string, FilledUser> = {};
  for (const person of people) {
    const [key, user] = await addPerson(tx, person, home);
    added[key] = user;
  }
  return added;
}

/**
 * Fills an empty database: bureau 510114, stations, one user per role, a laboratory, grid areas, and the divisions
 * of the country with the streets of Sichuan.
 */
export async function fill(deps: Deps): Promise<Filled> {
  const ctx: Ctx = contextOf(deps, systemActor('fill'), 'fill');
  const passwordHash = await hashChosenPassword(PASSWORD, 'fill');
  const filled = await inTx(ctx, async (tx) => {
    const bureauId = await addBureau(tx, BUREAU);
    await tx.db.updateTable('bureaus').set({ settings: SETTINGS }).where('id', '=', bureauId).execute();
    const units = await addUnits(tx, bureauId);
    const laboratoryId = await addLaboratory(tx, bureauId);
    const home = { units, passwordHash };
    const users = {
      ...(await addPeople(tx, PEOPLE, { ...home, bureauId, laboratoryId: null })),
      ...(await addPeople(tx, LABORATORY_PEOPLE, { ...home, bureauId: null, laboratoryId })),
    };
    await addGrid(tx, { bureauId, unitId: units.station!, workerId: users.grid_worker!.id });
    return {
      bureauId,
      laboratoryId,
      stationId: units.station!,
      sectionId: units.section!,
      password: PASSWORD,
      users,
    };
  });
  await importDivisions(ctx, {});
  return filled;
}
