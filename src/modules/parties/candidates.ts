import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../context.ts';
import { matching } from '../../db/search.ts';
import { ownBureau } from '../../db/scope.ts';
import { text } from '../../i18n/index.ts';
import { nameKey } from '../../shared/text.ts';
import { addressLikeness, nameLikeness, partsOfName, placeOf } from './likeness.ts';
import { type CodeSaid, codeKey, isCode, sayOfCode } from './rules.ts';
import type { Candidate, Candidates, CandidateQuery, KnownParty } from './schemas.ts';
import { knownOf } from './view.ts';

const MOST_CANDIDATES = 10;
/** How many names of one sound are looked at: typing on makes them fewer. */
const MOST_LOOKED_AT = 100;
const LEAST_LIKE = 0.3;

type Asked = { code: string | null; name: string | null; address: string | null };

/** What was typed into one field is a code where it can be one, a name otherwise. */
function askedOf({ q, name, code, address }: CandidateQuery): Asked {
  const typed = q !== undefined && isCode(q) ? { code: q } : { name: q };
  return {
    code: code ?? typed.code ?? null,
    name: name ?? typed.name ?? null,
    address: address ?? null,
  };
}

type Found = Omit<KnownParty, 'createdAt'> & {
  createdAt: Date;
  nameKey: string;
  aliases: string[];
  aliasKeys: string[];
};

function idsOf(bureauId: string, { code, name, address }: Asked): RawBuilder<unknown>[] {
  const ids: RawBuilder<unknown>[] = [];
  if (code !== null) {
    const begins = `${codeKey(code).replace(/[\\%_]/g, '\\$&')}%`;
    ids.push(
      sql`(select id from parties where bureau_id = ${bureauId} and uscc like ${begins} limit ${MOST_LOOKED_AT})`,
      sql`(select id from parties where bureau_id = ${bureauId} and food_licence like ${begins} limit ${MOST_LOOKED_AT})`,
    );
  }
  if (name !== null) {
    ids.push(sql`(select id from parties where bureau_id = ${bureauId} and name_key = ${nameKey(name)}
      limit ${MOST_LOOKED_AT})`);
  }
  const parts = [
    ...(name === null ? [] : [...partsOfName(name), name]),
    ...(address === null ? [] : [placeOf(address)]),
  ];
  ids.push(matching({ bureauId, kind: 'party', parts: [...new Set(parts)], most: MOST_LOOKED_AT }));
  return ids;
}

const COLUMNS = [
  'id',
  'kind',
  'name',
  'nameKey',
  'uscc',
  'foodLicence',
  'representative',
  'address',
  'aliases',
  'aliasKeys',
  'createdAt',
] as const;

const findParties = (ctx: Ctx, asked: Asked): Promise<Found[]> =>
  ctx.db
    .selectFrom('parties')
    .select(COLUMNS)
    .where('id', 'in', sql<string>`(${sql.join(idsOf(ownBureau(ctx.actor), asked), sql` union `)})`)
    .where('voidedAt', 'is', null)
    .where('mergedInto', 'is', null)
    .execute();

type Match = Pick<Candidate, 'match' | 'likeness'>;

function byCode(party: Found, code: string): Match | undefined {
  const key = codeKey(code);
  const share = (whole: string | null): number => (whole?.startsWith(key) ? key.length / whole.length : 0);
  const [uscc, licence] = [share(party.uscc), share(party.foodLicence)];
  if (uscc === 0 && licence === 0) return undefined;
  return uscc >= licence ? { match: 'uscc', likeness: uscc } : { match: 'food_licence', likeness: licence };
}

function byName(party: Found, name: string): Match | undefined {
  const key = nameKey(name);
  if (party.nameKey === key) return { match: 'name', likeness: 1 };
  if (party.aliasKeys.includes(key)) return { match: 'alias', likeness: 1 };
  const likeness = Math.max(...[party.name, ...party.aliases].map((one) => nameLikeness(name, one)));
  return likeness < LEAST_LIKE ? undefined : { match: 'similar_name', likeness };
}

const byAddress = (party: Found, address: string): Match => ({
  match: 'address',
  likeness: party.address === null ? 0 : addressLikeness(address, party.address),
});

const ORDER: Candidate['match'][] = ['uscc', 'food_licence', 'name', 'alias', 'similar_name', 'address'];

/** Why a party is meant, the surest reason; undefined where it is not. */
function matchOf(party: Found, { code, name, address }: Asked): Match | undefined {
  const at = address === null ? undefined : byAddress(party, address);
  const found =
    (code === null ? undefined : byCode(party, code)) ?? (name === null ? undefined : byName(party, name));
  // A name like it at the same place is more than a name like it.
  if (found) return { ...found, likeness: Math.min(1, found.likeness + 0.1 * (at?.likeness ?? 0)) };
  return at && at.likeness > 0.7 ? at : undefined;
}

const countOf = (table: 'tips' | 'sources') => sql<number>`(
  select count(*) from ${sql.table(table)} x where x.party_id = parties.id and x.voided_at is null)`;

async function countsOf(ctx: Ctx, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { tips: number; sources: number }>();
  const rows = await ctx.db
    .selectFrom('parties')
    .select(['id', countOf('tips').as('tips'), countOf('sources').as('sources')])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, tips, sources }) => [id, { tips, sources }]));
}

const codeView = (ctx: Ctx, said: CodeSaid): Candidates['code'] => ({
  ...said,
  problem: said.problem === null ? null : { code: said.problem, message: text(ctx.locale, said.problem) },
  warnings: said.warnings.map((code) => ({ code, message: text(ctx.locale, code) })),
});

/**
 * Whom a name, a code or an address might mean, the surest first, with what the bureau has on each; and what is to be
 * said of the code as far as it is typed.
 */
export async function listCandidates(ctx: Ctx, query: CandidateQuery): Promise<Candidates> {
  const asked = askedOf(query);
  const matched = (await findParties(ctx, asked)).flatMap((party) => {
    const match = matchOf(party, asked);
    return match ? [{ ...match, party }] : [];
  });
  const best = matched
    .toSorted((a, b) => ORDER.indexOf(a.match) - ORDER.indexOf(b.match) || b.likeness - a.likeness)
    .slice(0, MOST_CANDIDATES);
  const counts = await countsOf(
    ctx,
    best.map(({ party }) => party.id),
  );
  const items = best.map(({ party, match, likeness }) => ({
    ...knownOf(party),
    aliases: party.aliases,
    match,
    likeness: Math.round(likeness * 100) / 100,
    ...(counts.get(party.id) ?? { tips: 0, sources: 0 }),
  }));
  return { items, code: asked.code === null ? null : codeView(ctx, sayOfCode(asked.code)) };
}
