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
  const rows = await tx.db
    .selectFrom('users')
    .select(['id', 'name', 'certificateNumber'])
    .where('id', 'in', wanted.length > 0 ? wanted : [tx.actor.id])
    .where('bureauId', '=', tx.actor.bureauId)
    .where('isActive', '=', true)
    .where('certificateNumber', 'is not', null)
    .where('certificateFrom', '<=', day)
    .where((eb) => eb.or([eb('certificateTo', 'is', null), eb('certificateTo', '>=', day)]))
    .$narrowType<{ certificateNumber: string }>()
    .execute();
  if (wanted.length < 2 || rows.length < wanted.length) {
    throw unprocessable('officer.two_certified', {
      gate: 'K1',
      article: ARTICLE,
      valid: rows.length,
      named: wanted.length,
    });
  }
  const byId = new Map(rows.map((row) => [row.id, row]));
  return wanted.map((id) => byId.get(id)!);
}
