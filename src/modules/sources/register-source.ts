import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import type { Day } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { pastDay } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { startClock } from '../deadlines/index.ts';
import { type PartyRef, resolveParty } from '../parties/index.ts';
import { getSource } from './queries.ts';
import { limitOf } from './rules.ts';
import type { RegisterSourceInput, SourceOrigin, SourceView } from './schemas.ts';
import { nextSourceNumber } from './store.ts';

/** A clue to be kept as a case source. `foundOn`: the day R01 counts from. */
export type NewSource = {
  origin: SourceOrigin;
  foundOn: Day;
  party?: PartyRef | undefined;
  partyName?: string | undefined;
  partyAddress?: string | null | undefined;
  partyPhone?: string | null | undefined;
  providerName?: string | null | undefined;
  providerOrganisation?: string | null | undefined;
  providerContact?: string | null | undefined;
  content: string;
  handlingOpinion?: string | null | undefined;
  tipId?: string | undefined;
};

/**
 * Enters a clue of any origin but a tip. 422 `source.tip_opens_it` for that one (its reporter stays with the tip),
 * `field.future`, `party.unknown`, `party.codes_wrong`.
 */
export async function registerSourceByHand(ctx: Ctx, body: RegisterSourceInput): Promise<SourceView> {
  if (body.origin === 'tip') throw unprocessable('source.tip_opens_it');
  return inTx(ctx, async (tx) => getSource(tx, (await registerSource(tx, body)).id));
}

/** Writes a case source and starts R01 (CXGD 18), or C04 of mediation, on the day it was found. Errors as `registerSourceByHand`. */
export async function registerSource(tx: TxCtx, input: NewSource): Promise<{ id: string; number: string }> {
  const { party: ref, partyName, ...fields } = input;
  pastDay(input.foundOn, tx.now, 'foundOn');
  const party = ref && (await resolveParty(tx, ref));
  const id = tx.newId();
  const number = await nextSourceNumber(tx);
  await tx.db
    .insertInto('sources')
    .values({
      ...fields,
      id,
      bureauId: ownBureau(tx.actor),
      number,
      state: 'registered',
      partyId: party?.id ?? null,
      partyName: partyName ?? party?.name ?? '',
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .execute();
  const subject = { kind: 'source', id };
  await startClock(tx, { rule: limitOf(input), subject, on: input.foundOn });
  await audit(tx, {
    action: 'source.register',
    subject,
    detail: {
      number,
      origin: input.origin,
      foundOn: input.foundOn,
      partyId: party?.id ?? null,
      tipId: input.tipId ?? null,
    },
  });
  return { id, number };
}
