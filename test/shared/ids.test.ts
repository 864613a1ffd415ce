import t from 'tap';
import { readableCode, uuidV7 } from '../../src/shared/ids.ts';

t.test('ids of one millisecond sort in the order in which they were made', async (t) => {
  const ids = Array.from({ length: 1000 }, () => uuidV7(1_707_098_400_000));
  t.same(ids.toSorted(), ids);
  t.equal(new Set(ids).size, ids.length);
  for (const id of ids.slice(0, 5))
    t.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

t.test('a later millisecond sorts after an earlier one', async (t) => {
  t.ok(uuidV7(1_707_098_400_001) > uuidV7(1_707_098_400_000));
});

t.test('a readable code holds nothing that is mistaken on the phone', async (t) => {
  t.match(readableCode(12), /^[2-9A-HJKMNP-Z]{12}$/);
  t.not(readableCode(12), readableCode(12));
});
