import type { TxCtx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import { takeNumber } from '../documents/index.ts';

const CODE = '抽样';
const SERIAL_DIGITS = 5;

/** Letters, year, area, serial: built as the numbers of the sampling system are; ZF for 执法 (enforcement). */
export async function takeSampleNumber(tx: TxCtx, year: number): Promise<string> {
  const { areaCode } = await tx.db
    .selectFrom('bureaus')
    .select('areaCode')
    .where('id', '=', ownBureau(tx.actor))
    .executeTakeFirstOrThrow();
  const seq = await takeNumber(tx, { code: CODE, year });
  return `ZF${year}${areaCode}${String(seq).padStart(SERIAL_DIGITS, '0')}`;
}
