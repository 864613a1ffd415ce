import { sql } from 'kysely';
import t from 'tap';
import { CaseState } from '../../src/modules/cases/schemas.ts';
import { InspectionState, OperationState } from '../../src/modules/inspections/schemas.ts';
import { ClueNoticeState, TransferState } from '../../src/modules/referrals/schemas.ts';
import { testApp } from '../app.ts';

t.test('the states of the code are the states of the database', async (t) => {
  const { owner } = await testApp(t);
  const stored = async (name: string): Promise<string[]> => {
    const { rows } = await sql<{ text: string }>`
      select pg_get_constraintdef(oid) as text from pg_constraint where conname = ${name}`.execute(owner);
    return [...rows[0]!.text.matchAll(/'([a-z_]+)'/g)].map((match) => match[1]!).toSorted();
  };
  const sorted = (schema: { options: readonly string[] }): string[] => [...schema.options].toSorted();
  t.same(sorted(CaseState), await stored('cases_state_check'));
  t.same(sorted(InspectionState), await stored('inspections_state_check'));
  t.same(sorted(OperationState), await stored('operations_state_check'));
  t.same(sorted(ClueNoticeState), await stored('clue_notices_state_check'));
  t.same(sorted(TransferState), await stored('transfers_state_check'));
});
