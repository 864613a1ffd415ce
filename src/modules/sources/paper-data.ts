import type { Kysely } from 'kysely';
import intake from '../../data/intake.json' with { type: 'json' };
import type { DB } from '../../db/schema.ts';
import { dayOf } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import type { SourceOrigin } from './schemas.ts';

/** The five boxes of form #1. */
const BOX: Record<SourceOrigin, 'inspection' | 'tip' | 'handover' | 'assignment' | 'other'> = {
  inspection: 'inspection',
  tip: 'tip',
  hand_over: 'handover',
  assignment: 'assignment',
  plan_sample: 'other',
  platform: 'other',
  media: 'other',
  mediation: 'other',
  other: 'other',
};

const forPaper = (db: Kysely<DB>, bureauId: string, id: string) =>
  db
    .selectFrom('sources')
    .leftJoin('tips', 'tips.id', 'sources.tipId')
    .leftJoin('users', (join) =>
      join.on((eb) => eb(eb.cast('users.id', 'text'), '=', eb.ref('sources.createdBy'))),
    )
    .selectAll('sources')
    .select(['tips.number as tipNumber', 'tips.kind as tipKind', 'users.name as registrar'])
    .where('sources.id', '=', id)
    .where('sources.bureauId', '=', bureauId)
    .executeTakeFirst();

type Found = NonNullable<Awaited<ReturnType<typeof forPaper>>>;

/**
 * What form #1 案件来源登记表 says of a source. The reporter is kept off it: the form goes into the case file, which
 * the party's agents read; it names the registration form instead. 404 outside the bureau.
 */
export async function caseSourcePaper(
  db: Kysely<DB>,
  bureauId: string,
  id: string,
): Promise<Record<string, unknown>> {
  const row = await forPaper(db, bureauId, id);
  if (!row) throw notFound();
  return {
    registrationNo: row.number,
    source: BOX[row.origin],
    ...(BOX[row.origin] === 'other' ? { sourceOther: otherOrigin(row) } : {}),
    foundOn: row.foundOn,
    ...provider(row),
    party: known({ name: row.partyName, address: row.partyAddress, phone: row.partyPhone }),
    content: row.content,
    ...known({ registrar: row.registrar, opinion: row.handlingOpinion }),
    registeredOn: dayOf(row.createdAt),
  };
}

function otherOrigin(row: Found): string {
  const name = intake.origins.find((origin) => origin.key === row.origin)?.zh ?? '';
  return row.providerOrganisation ? `${name}：${row.providerOrganisation}` : name;
}

function provider(row: Found): Record<string, unknown> {
  switch (BOX[row.origin]) {
    case 'inspection':
      return row.providerName
        ? { inspectors: [{ name: row.providerName, unit: row.providerOrganisation ?? '' }] }
        : {};
    case 'tip': {
      const form = row.tipKind === 'complaint' ? '投诉登记表' : '举报登记表';
      return {
        reporterPerson: { name: '信息保密' },
        reporterContact: { address: `详见${form}${row.tipNumber ?? ''}` },
      };
    }
    case 'handover':
    case 'assignment':
      return {
        sender: known({
          name: row.providerOrganisation,
          contactPerson: row.providerName,
          phone: row.providerContact,
        }),
      };
    case 'other':
      return {};
  }
}

/** Leaves out what is not known: a form's blank stays blank. */
const known = (fields: Record<string, string | null | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1])));
