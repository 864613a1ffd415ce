import type { TxCtx } from '../../context.ts';
import type { Day } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';

/** An officer who may sign an on-site act. */
export type CertifiedOfficer = { id: string; name: string; certificateNumber: string };

const ARTICLE = '《市场监督管理行政处罚程序规定》第二十二条；《行政处罚法》第四十二条';

/**
 * The named officers, in the order given: at least two different ones of the actor's own bureau, each with a law
 * enforcement certificate valid on `day`. Throws 422 `officer.two_certified` (gate K1) otherwise.
 */
export async function certifiedOfficers(
  tx: TxCtx,
  userIds: readonly string[],
  day: Day,
): Promise<CertifiedOfficer[]> {
  const wanted = [...new Set(userIds)];
  const valid = wanted.length < 2 ? [] : await certified(tx, wanted, day);
  if (wanted.length < 2 || valid.length < wanted.length) {
    const params = { gate: 'K1', article: ARTICLE, valid: valid.length, named: wanted.length };
    throw unprocessable('officer.two_certified', params);
  }
  const byId = new Map(valid.map((row) => [row.id, row]));
  return wanted.map((id) => byId.get(id)!);
}

/** Those of the named who hold a certificate on `day`. */
function certified(tx: TxCtx, ids: string[], day: Day): Promise<CertifiedOfficer[]> {
  return tx.db
    .selectFrom('users')
    .select(['id', 'name', 'certificateNumber'])
    .where('id', 'in', ids)
    .where('bureauId', '=', tx.actor.bureauId)
    .where('isActive', '=', true)
    .where('certificateNumber', 'is not', null)
    .where('certificateFrom', '<=', day)
    .where((eb) => eb.or([eb('certificateTo', 'is', null), eb('certificateTo', '>=', day)]))
    .$narrowType<{ certificateNumber: string }>()
    .execute();
}
