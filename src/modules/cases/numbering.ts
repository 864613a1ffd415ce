import type { TxCtx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import { type Day, yearOf } from '../../shared/clock.ts';
import { formatNumber, NUMBER_PATTERN, takeNumber } from '../documents/index.ts';

/** 案号 is counted apart from every kind of paper. */
const CODE = '案';

/**
 * The next case number (案号) of the year, e.g. `新都市监案〔2024〕12号`; a bureau sets another pattern as
 * `caseNumberPattern`. Holds the counter's row until commit, so it is taken last.
 */
export async function takeCaseNumber(tx: TxCtx, filedOn: Day): Promise<string> {
  const bureau = await tx.db
    .selectFrom('bureaus')
    .select(['shortName', 'settings'])
    .where('id', '=', ownBureau(tx.actor))
    .executeTakeFirstOrThrow();
  const year = yearOf(filedOn);
  const seq = await takeNumber(tx, { code: CODE, year });
  return formatNumber(patternOf(bureau.settings), { prefix: bureau.shortName, code: CODE, year, seq });
}

function patternOf(settings: unknown): string {
  const set = (settings as { caseNumberPattern?: unknown } | null)?.caseNumberPattern;
  return typeof set === 'string' ? set : NUMBER_PATTERN;
}
