import type { Kysely } from 'kysely';
import type { DB } from '../../db/schema.ts';
import { dayOf } from '../../shared/clock.ts';
import { notFound, unprocessable } from '../../shared/errors.ts';
import type { Vault } from '../../shared/vault.ts';
import { openReporter } from './store.ts';

const forPaper = (db: Kysely<DB>, bureauId: string, id: string) =>
  db
    .selectFrom('tips')
    .innerJoin('bureaus', 'bureaus.id', 'tips.bureauId')
    .leftJoin('reporters', 'reporters.id', 'tips.reporterId')
    .leftJoin('users', (join) =>
      join.on((eb) => eb(eb.cast('users.id', 'text'), '=', eb.ref('tips.createdBy'))),
    )
    .selectAll('tips')
    .select(['bureaus.name as bureauName', 'users.name as handler'])
    .select(['reporters.sealed', 'reporters.keyId', 'reporters.alg'])
    .where('tips.id', '=', id)
    .where('tips.bureauId', '=', bureauId)
    .executeTakeFirst();

/**
 * What 举报登记表 says of a report: the one paper that names the reporter, so it needs `tip.look_at_reporter` at every
 * turn. 404 outside the bureau; 422 `tip.not_a_report`.
 */
export async function reportRegistrationPaper(
  { db, vault }: { db: Kysely<DB>; vault: Vault },
  bureauId: string,
  id: string,
): Promise<Record<string, unknown>> {
  const tip = await forPaper(db, bureauId, id);
  if (!tip) throw notFound();
  if (tip.kind !== 'report') throw unprocessable('tip.not_a_report');
  const { sealed, keyId, alg } = tip;
  const who = sealed && keyId && alg ? openReporter(vault, { sealed, keyId, alg }) : null;
  return {
    registeringUnit: tip.bureauName,
    registrationNo: tip.number,
    ...(who
      ? {
          reporter: known({ name: who.name, phone: who.phone, address: who.address, idNumber: who.idNumber }),
        }
      : {}),
    reported: known({ name: tip.respondentName, address: tip.respondentAddress }),
    clues: tip.narrative,
    ...known({ handler: tip.handler }),
    handledOn: dayOf(tip.createdAt),
  };
}

/** Leaves out what is not known: a form's blank stays blank. */
const known = (fields: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1])));
