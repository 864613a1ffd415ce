import { type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { TxCtx } from '../../context.ts';
import { compiledOnce } from '../../db/compiled.ts';
import type { DB, Parties } from '../../db/schema.ts';
import { ownBureau } from '../../db/scope.ts';
import { dayOf } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import { nameKey } from '../../shared/text.ts';
import type { Vault } from '../../shared/vault.ts';
import { checkedCodes, checkedIdentity, type Identity } from './rules.ts';
import type { PartyInput } from './schemas.ts';

export type PartyRow = Selectable<Parties>;

/** The columns of an identity document, sealed; all null where there is none. */
export function sealedIdentity(vault: Vault, identity: Identity | null) {
  if (!identity) return { idKey: null, idSealed: null, idKeyId: null, idAlg: null };
  const { data, keyId, alg } = vault.seal(JSON.stringify(identity));
  return { idKey: vault.lookup('id', identity.idNumber), idSealed: data, idKeyId: keyId, idAlg: alg };
}

/** What `sealedIdentity` sealed; null where there is none. */
export function openIdentity(
  vault: Vault,
  row: Pick<PartyRow, 'idSealed' | 'idKeyId' | 'idAlg'>,
): Identity | null {
  if (!row.idSealed || !row.idKeyId || !row.idAlg) return null;
  return JSON.parse(vault.open({ data: row.idSealed, keyId: row.idKeyId, alg: row.idAlg })) as Identity;
}

/** The row of a party as it is entered. 422 `party.codes_wrong`. */
function newRow(tx: TxCtx, input: PartyInput): PartyRow {
  const { uscc, foodLicence, divisionCode } = checkedCodes(input);
  return {
    id: tx.newId(),
    bureauId: ownBureau(tx.actor),
    kind: input.kind,
    name: input.name,
    nameKey: nameKey(input.name),
    certificateName: input.certificateName ?? null,
    uscc: uscc ?? null,
    foodLicence: foodLicence ?? null,
    divisionCode: divisionCode ?? null,
    ...sealedIdentity(tx.vault, checkedIdentity(input, dayOf(tx.now))),
    representative: input.representative ?? null,
    address: input.address ?? null,
    phone: input.phone ?? null,
    otherContact: input.otherContact ?? null,
    ...aliasesOf(input),
    mergedInto: null,
    assignedUnitId: null,
    assignedUserIds: [],
    voidedAt: null,
    voidReason: null,
    version: 1,
    createdBy: tx.actor.id,
    createdAt: tx.now,
  };
}

const aliasesOf = ({ aliases = [] }: PartyInput) => ({ aliases, aliasKeys: aliases.map(nameKey) });

const insertRow = compiledOnce((db, { row }: { row: Insertable<Parties> }) =>
  db
    .insertInto('parties')
    .values(row)
    .onConflict((oc) =>
      oc
        .columns(['bureauId', 'uscc'])
        .where((eb) =>
          eb.and([eb('uscc', 'is not', null), eb('voidedAt', 'is', null), eb('mergedInto', 'is', null)]),
        )
        .doNothing(),
    ),
);

/** Writes a party; undefined where the bureau has a live party with the same credit code, which is then the party. */
export async function insertParty(tx: TxCtx, input: PartyInput): Promise<PartyRow | undefined> {
  const row = newRow(tx, input);
  const written = await insertRow(tx.db, { row });
  return written.numAffectedRows === 1n ? row : undefined;
}

/** The live party of a bureau with this credit code. */
export const findByUscc = (db: Transaction<DB>, bureauId: string, uscc: string) =>
  db
    .selectFrom('parties')
    .selectAll()
    .where('bureauId', '=', bureauId)
    .where('uscc', '=', uscc)
    .where('voidedAt', 'is', null)
    .where('mergedInto', 'is', null)
    .executeTakeFirst();

/** The party that stands for `id` today: merged ones are followed to the survivor. */
export async function findSurvivor(
  db: Kysely<DB>,
  bureauId: string,
  id: string,
): Promise<PartyRow | undefined> {
  return db
    .withRecursive('chain', (qb) =>
      qb
        .selectFrom('parties')
        .select(['id', 'mergedInto'])
        .where('id', '=', id)
        .where('bureauId', '=', bureauId)
        .union(
          qb
            .selectFrom('parties')
            .innerJoin('chain', 'chain.mergedInto', 'parties.id')
            .select(['parties.id', 'parties.mergedInto']),
        ),
    )
    .selectFrom('parties')
    .selectAll('parties')
    .where('parties.id', 'in', (eb) => eb.selectFrom('chain').select('id').where('mergedInto', 'is', null))
    .executeTakeFirst();
}

/** As `findSurvivor`; 404 where there is none in the bureau. */
export async function getSurvivor(db: Kysely<DB>, bureauId: string, id: string): Promise<PartyRow> {
  const row = await findSurvivor(db, bureauId, id);
  if (!row) throw notFound();
  return row;
}

/** Holds the row of a party of the actor's bureau; 404 otherwise. */
export async function lockParty(tx: TxCtx, id: string): Promise<PartyRow> {
  const row = await tx.db
    .selectFrom('parties')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', ownBureau(tx.actor))
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** A condition: `column` contains `part`, its wildcards taken as characters. */
export const contains = (column: string, part: string) =>
  sql<boolean>`${sql.ref(column)} like ${`%${part.replace(/[\\%_]/g, '\\$&')}%`}`;
