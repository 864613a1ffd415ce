import { type Kysely, sql } from 'kysely';
import type { Ctx } from '../../context.ts';
import { asked, matterColumns, times } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { ownBureau } from '../../db/scope.ts';
import { nameKey } from '../../shared/text.ts';
import type { Vault } from '../../shared/vault.ts';
import { codeKey } from './rules.ts';
import type { PartyQuery, PartyRow, PartyView } from './schemas.ts';
import { contains, getSurvivor, openIdentity } from './store.ts';
import { viewOf } from './view.ts';

const ROW = ['id', 'kind', 'name', 'uscc', 'foodLicence', 'representative', 'address', 'createdAt'] as const;

/** The party behind an id: a merged one is answered by its survivor. 404 where it is not the actor's bureau's. */
export async function getParty(ctx: Ctx, id: string): Promise<PartyView> {
  return viewOf(ctx, await getSurvivor(ctx.db, ownBureau(ctx.actor), id), id);
}

const countOf = (table: 'tips' | 'sources' | 'cases') => sql<number>`(
  select count(*) from ${sql.table(table)} x where x.party_id = parties.id and x.voided_at is null)`;

const listed = (ctx: Ctx) =>
  ctx.db
    .selectFrom('parties')
    .select(ROW)
    .select(['assignedUnitId', 'assignedUserIds', 'version'])
    .select([countOf('tips').as('tips'), countOf('sources').as('sources'), countOf('cases').as('cases')])
    .select(matterColumns('party', 'parties'))
    .where('bureauId', '=', ownBureau(ctx.actor))
    .where('voidedAt', 'is', null)
    .where('mergedInto', 'is', null);

/** Parties of the bureau, newest first; `q` is part of a name, or a code. */
export async function listParties(ctx: Ctx, { q, ...filter }: PartyQuery): Promise<Page<PartyRow>> {
  let query = listed(ctx).where(asked(ctx, { table: 'parties', time: 'createdAt', texts: [] }, filter));
  if (filter.kind) query = query.where('kind', 'in', filter.kind);
  if (q) {
    const code = codeKey(q);
    query = query.where((eb) =>
      eb.or([
        contains('parties.nameKey', nameKey(q)),
        eb(sql.val(nameKey(q)), '=', sql<string>`any (parties.alias_keys)`),
        eb('uscc', '=', code),
        eb('foodLicence', '=', code),
      ]),
    );
  }
  const { items, next } = await page(query, { time: 'parties.createdAt', id: 'parties.id' }, filter);
  return { items: items.map((row) => ({ ...row, ...times(row) })), next };
}

/** 当事人 as every form prints it, in the order of the forms. Empty text where nothing is known. */
export type PartyBlock = {
  name: string;
  certificateName: string;
  uscc: string;
  address: string;
  representative: string;
  idNumber: string;
  phone: string;
  otherContact: string;
};

/** The party block of a paper (the identity number is the party's own, on its own paper). 404 outside the bureau. */
export async function partyBlock(
  { db, vault }: { db: Kysely<DB>; vault: Vault },
  bureauId: string,
  id: string,
): Promise<PartyBlock> {
  const row = await getSurvivor(db, bureauId, id);
  return {
    name: row.name,
    certificateName: row.certificateName ?? '',
    uscc: row.uscc ?? '',
    address: row.address ?? '',
    representative: row.representative ?? '',
    idNumber: openIdentity(vault, row)?.idNumber ?? '',
    phone: row.phone ?? '',
    otherContact: row.otherContact ?? '',
  };
}
