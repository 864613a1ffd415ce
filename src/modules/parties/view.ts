import { formatInstantOrNull, formatInstant } from '../../shared/clock.ts';
import type { Ctx, TxCtx } from '../../context.ts';
import { allowedActions } from '../../i18n/allowed-actions.ts';
import { text } from '../../i18n/index.ts';
import { maskId } from '../../shared/codes.ts';
import { requireLive } from '../records/index.ts';
import { warningsOf } from './rules.ts';
import type { KnownParty, PartyView } from './schemas.ts';
import { openIdentity, type PartyRow as Row } from './store.ts';

/** What every look at a party begins with. */
export const knownOf = (row: Omit<KnownParty, 'createdAt'> & { createdAt: Date }): KnownParty => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  uscc: row.uscc,
  foodLicence: row.foodLicence,
  representative: row.representative,
  address: row.address,
  createdAt: formatInstant(row.createdAt),
});

/** A party as those who may read it see it; `askedFor` is another party's id where that one was merged into it. */
export function viewOf(ctx: Ctx | TxCtx, row: Row, askedFor: string = row.id): PartyView {
  const identity = openIdentity(ctx.vault, row);
  const live = (): void => requireLive(row);
  return {
    ...knownOf(row),
    certificateName: row.certificateName,
    divisionCode: row.divisionCode,
    phone: row.phone,
    otherContact: row.otherContact,
    aliases: row.aliases,
    idNumberMasked: identity && maskId(identity.idNumber),
    mergedFrom: askedFor === row.id ? null : askedFor,
    assignedUnitId: row.assignedUnitId,
    assignedUserIds: row.assignedUserIds,
    voidedAt: formatInstantOrNull(row.voidedAt),
    voidReason: row.voidReason,
    version: row.version,
    createdBy: row.createdBy,
    warnings: warningsOf(row).map((warning) => ({ ...warning, message: text(ctx.locale, warning.code) })),
    allowedActions: allowedActions(ctx, [
      { action: 'amend', permission: 'party.amend', check: live },
      { action: 'set_identity', permission: 'party.amend', check: live },
      { action: 'look_at_id', permission: 'party.look_at_id' },
      { action: 'void', permission: 'party.void', check: live },
      { action: 'assign', permission: 'party.assign', check: live },
    ]),
  };
}
