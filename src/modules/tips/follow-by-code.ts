import type { Ctx } from '../../context.ts';
import { type Day, dayOf } from '../../shared/clock.ts';
import { followKey } from './register-by-public.ts';
import { refusalGround } from './rules.ts';
import type { TipKind, TipState } from './schemas.ts';

/** How a matter stands, for whoever sent it in: nothing of who that is, nothing of anybody else. */
export type Followed = {
  number: string;
  kind: TipKind;
  state: TipState | 'void';
  bureauName: string;
  receivedOn: Day;
  refusal: { text: string; article: string } | null;
  told: { about: string; way: string; on: Day }[];
};

/** What the number and the code together lead to; undefined for any other pair, whichever of them is wrong. */
export async function followByCode(
  ctx: Ctx,
  { number, code }: { number: string; code: string },
): Promise<Followed | undefined> {
  const tip = await ctx.db
    .selectFrom('followCodes')
    .innerJoin('tips', 'tips.id', 'followCodes.tipId')
    .innerJoin('bureaus', 'bureaus.id', 'tips.bureauId')
    .select(['tips.id', 'tips.number', 'tips.kind', 'tips.state', 'tips.receivedAt', 'tips.voidedAt'])
    .select(['tips.refusalGround', 'tips.decidedOn', 'bureaus.name as bureauName'])
    .where('tips.number', '=', followKey(number))
    .where('followCodes.codeKey', '=', ctx.vault.lookup('follow', followKey(code)))
    .executeTakeFirst();
  if (!tip) return undefined;
  return {
    number: tip.number,
    kind: tip.kind,
    state: tip.voidedAt === null ? tip.state : 'void',
    bureauName: tip.bureauName,
    receivedOn: dayOf(tip.receivedAt),
    refusal: refusalOf(ctx, tip),
    told: await toldOf(ctx, tip.id),
  };
}

function refusalOf(
  ctx: Ctx,
  { refusalGround: no, decidedOn }: { refusalGround: number | null; decidedOn: Day | null },
): Followed['refusal'] {
  if (no === null || decidedOn === null) return null;
  const ground = refusalGround(no, decidedOn);
  return { text: ground[ctx.locale], article: ground.article };
}

const MOST_TOLD = 50;

// Not the words: what was written to one person is not shown to whoever holds a slip of paper.
async function toldOf(ctx: Ctx, tipId: string): Promise<Followed['told']> {
  const rows = await ctx.db
    .selectFrom('told')
    .select(['about', 'way', 'toldAt'])
    .where('tipId', '=', tipId)
    .where('arrived', '=', true)
    .orderBy('toldAt')
    .orderBy('id')
    .limit(MOST_TOLD)
    .execute();
  return rows.map(({ about, way, toldAt }) => ({ about, way, on: dayOf(toldAt) }));
}
