import type { Ctx } from '../../context.ts';
import { FINES } from '../fines/index.ts';
import { FACTORS, TIER_NAMES } from './discretion.ts';
import { Tier, TIERS } from './schemas.ts';
import type { FactorList } from './view-schemas.ts';

/** The grounds of discretion and the circumstances of FSLR 67, in the caller's language: the choices of the form. */
export const listFactors = ({ locale }: Ctx): FactorList => ({
  tiers: TIERS.map((tier) => ({ tier, name: TIER_NAMES[tier][locale] })),
  factors: FACTORS.map((factor) => ({
    key: factor.key,
    tiers: factor.tiers.map((tier) => Tier.parse(tier)),
    text: factor[locale],
    article: factor.citation,
    must: factor.must,
  })),
  serious: FINES.serious.circumstances.map((one) => ({
    key: one.key,
    text: one[locale],
    article: FINES.serious.citation,
  })),
});
