import type { Kysely, Selectable } from 'kysely';
import type { DB, Samples } from '../../db/schema.ts';
import { dayOf, formatInstantZh } from '../../shared/clock.ts';
import { add, normalise } from '../../shared/decimal.ts';
import { notFound, unprocessable } from '../../shared/errors.ts';
import type { Vault } from '../../shared/vault.ts';
import { partyBlanks } from '../parties/index.ts';

type From = { db: Kysely<DB>; vault: Vault };
type Row = Selectable<Samples>;

/**
 * 抽样记录 (#29) of a sample, in the order of the form. Nothing of a reporter stands in a sample. 404;
 * 422 `sample.party_missing` where nobody is named whose goods they are.
 */
export async function samplingRecordPaper(
  from: From,
  bureauId: string,
  id: string,
): Promise<Record<string, unknown>> {
  const row = await from.db
    .selectFrom('samples')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  if (row.partyId === null) throw unprocessable('sample.party_missing');
  return {
    party: await partyBlanks(from, bureauId, row.partyId),
    product: productOf(row),
    ...methodOf(row),
    ...amountsOf(row),
    place: row.place,
    process: processOf(row),
    sealing: await sealingOf(from.db, row),
    sampleStorage: row.storageConditions ?? '',
    officers: await officersOf(from.db, row.officerIds),
    sampledOn: dayOf(row.sampledAt),
    ...filled({ commissioned: row.commissioned, remark: row.remark }),
  };
}

const filled = (fields: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1])));

const productOf = (row: Row): Record<string, string> =>
  filled({
    name: row.productName,
    spec: row.spec,
    brand: row.brand,
    shelfLife: row.shelfLife,
    producer: row.producer,
    price: row.labelPrice,
    batch: [row.madeOn, row.batchNo].filter(Boolean).join('／'),
    standard: row.standard,
    storage: row.labelStorage,
    licenceNo: row.licenceNo,
    grade: row.grade,
    packaging: row.packaging,
  });

const methodOf = (row: Row): Record<string, string> =>
  row.methodStandard === null
    ? { method: 'other', methodOther: row.method }
    : { method: 'prescribed', methodStandard: row.methodStandard };

function amountsOf(row: Row): Record<string, string> {
  const { unit } = row;
  const total = add(normalise(row.sampleQuantity), normalise(row.backupQuantity ?? '0'));
  const backup = row.backupQuantity === null ? '' : `（含备样${normalise(row.backupQuantity)}${unit}）`;
  return {
    sampleQuantity: `${total}${unit}${backup}`,
    ...(row.baseQuantity === null ? {} : { base: `${normalise(row.baseQuantity)}${unit}` }),
  };
}

function processOf(row: Row): string {
  const taken = `${formatInstantZh(row.sampledAt)}，${row.process}`;
  const there = row.partyPresent === null ? null : `当事人到场情况：${row.partyPresent}`;
  const witness = row.witnessName === null ? null : `见证人：${row.witnessName}`;
  const online = row.onlineRecord === null ? null : `网络购样记录：${row.onlineRecord}`;
  return [taken, there, witness, online].filter((line) => line !== null).join('\n');
}

async function sealingOf(db: Kysely<DB>, row: Row): Promise<string> {
  const portions = await db
    .selectFrom('samplePortions')
    .selectAll()
    .where('sampleId', '=', row.id)
    .orderBy('code')
    .execute();
  const seals = portions.map(
    ({ kind, quantity, unit, sealNumber }) =>
      `${kind === 'backup' ? '备样' : '检验样'}${normalise(quantity)}${unit}，封条编号${sealNumber}`,
  );
  return [row.sealState, ...seals].filter(Boolean).join('；');
}

async function officersOf(
  db: Kysely<DB>,
  ids: readonly string[],
): Promise<{ name: string; certificateNo: string }[]> {
  const rows = await db
    .selectFrom('users')
    .select(['id', 'name', 'certificateNumber'])
    .where('id', 'in', [...ids])
    .execute();
  const byId = new Map(rows.map((user) => [user.id, user]));
  return ids.flatMap((id) => {
    const user = byId.get(id);
    return user ? [{ name: user.name, certificateNo: user.certificateNumber ?? '' }] : [];
  });
}
