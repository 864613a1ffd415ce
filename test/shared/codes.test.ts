import fc from 'fast-check';
import t from 'tap';
import {
  adminLevel,
  birthDayOf,
  checkAdminCode,
  checkGtin,
  checkJyLicence,
  checkResidentId,
  checkScLicence,
  checkUscc,
  maskId,
  maskPhone,
  sexOf,
} from '../../src/shared/codes.ts';
import type { CodeCheck } from '../../src/shared/codes.ts';

// Public examples: listed companies, the two numbers printed in GB 11643, licence numbers read off packages.
const USCC = [
  '914403001922038216',
  '9144030071526726XG',
  '91110000802100433B',
  '9152000071430580XT',
  '91150000114124263Y',
];
const RESIDENT = ['11010519491231002X', '440524188001010014', '34052419800101001X'];
const SC = [
  'SC11351090100010',
  'SC10741018302531',
  'SC12434017430075',
  'SC10744030704994',
  'SC10314012101087',
];
const JY = [
  'JY11108071215650',
  'JY13101060025900',
  'JY14403030012013',
  'JY11105050876919',
  'JY11105111524423',
];

const reasonOf = (check: CodeCheck): string => (check.ok ? 'ok' : check.reason);
const clean = (value: string): CodeCheck => ({ ok: true, value, warnings: [] });

t.test('public examples pass without a warning', async (t) => {
  for (const code of USCC) t.same(checkUscc(code), clean(code), code);
  for (const code of RESIDENT) t.same(checkResidentId(code), clean(code), code);
  for (const code of SC) t.same(checkScLicence(code), clean(code), code);
  for (const code of JY) t.same(checkJyLicence(code), clean(code), code);
});

t.test('what people type is brought to one form', async (t) => {
  t.same(checkUscc(' 9144 0300 7152 6726 xg '), clean('9144030071526726XG'));
  t.same(checkUscc('９１４４０３００７１５２６７２６ＸＧ'), clean('9144030071526726XG'));
  t.same(checkResidentId('11010519491231002x'), clean('11010519491231002X'));
  t.same(checkScLicence('sc 1135-1090-100010'), clean('SC11351090100010'));
});

t.test('a wrong USCC is refused, a wrong organisation code inside it only warned of', async (t) => {
  t.equal(reasonOf(checkUscc('914403001922038217')), 'uscc.check_digit');
  t.equal(reasonOf(checkUscc('91440300192203821')), 'uscc.length');
  t.equal(reasonOf(checkUscc('')), 'uscc.length');
  t.equal(
    reasonOf(checkUscc('91440300192203821I')),
    'uscc.characters',
    'I, O, S, V, Z are not in the alphabet',
  );
  t.equal(reasonOf(checkUscc('91A403001922038216')), 'uscc.characters', 'the area is six figures');
  const body = '92510114MA0000000';
  const code = body + lastOfUscc(body);
  t.same(checkUscc(code), { ok: true, value: code, warnings: ['uscc.organisation_check'] });
});

/** The last character by trial: the only one the check takes. */
function lastOfUscc(first17: string): string {
  const found = Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY').filter((c) => checkUscc(first17 + c).ok);
  if (found.length !== 1) throw new Error(`expected one check character, found ${found.length}`);
  return found[0]!;
}

t.test('resident ID: shape, a real birth day, the check character', async (t) => {
  t.equal(reasonOf(checkResidentId('110105194912310021')), 'resident_id.check_digit');
  t.equal(reasonOf(checkResidentId('1101051949123100')), 'resident_id.length');
  t.equal(
    reasonOf(checkResidentId('110105491231002')),
    'resident_id.length',
    'the 15 figures of before 1999',
  );
  t.equal(reasonOf(checkResidentId('1101051949123100XX')), 'resident_id.characters');
  t.equal(reasonOf(checkResidentId('110105194902300024')), 'resident_id.birth_date', '30 February');
  t.equal(reasonOf(checkResidentId('110105194913310024')), 'resident_id.birth_date');
  t.equal(
    reasonOf(checkResidentId('11010519491231002X', '1949-12-30')),
    'resident_id.birth_date',
    'not yet born',
  );
  t.ok(checkResidentId('11010519491231002X', '1949-12-31').ok);
  t.equal(birthDayOf('11010519491231002X'), '1949-12-31');
  t.equal(sexOf('11010519491231002X'), 'female');
  t.equal(sexOf('440524188001010014'), 'male');
});

t.test('licence numbers: a wrong shape is refused, a wrong last figure only warned of', async (t) => {
  t.same(checkScLicence('SC12345678901234'), {
    ok: true,
    value: 'SC12345678901234',
    warnings: ['sc_licence.check_digit'],
  });
  t.same(checkJyLicence('JY21304010003620'), {
    ok: true,
    value: 'JY21304010003620',
    warnings: ['jy_licence.check_digit'],
  });
  t.equal(reasonOf(checkScLicence('SC1135109010001')), 'sc_licence.length');
  t.equal(reasonOf(checkScLicence('11351090100010')), 'sc_licence.prefix');
  t.equal(reasonOf(checkScLicence('JY11108071215650')), 'sc_licence.prefix');
  t.equal(reasonOf(checkJyLicence('SC11351090100010')), 'jy_licence.prefix');
  t.equal(reasonOf(checkScLicence('SC1135109010001X')), 'sc_licence.characters');
});

t.test('bar codes', async (t) => {
  for (const code of ['6901234567892', '96385074', '036000291452', '10012345678902'])
    t.same(checkGtin(code), clean(code), code);
  t.equal(reasonOf(checkGtin('6901234567893')), 'gtin.check_digit');
  t.equal(reasonOf(checkGtin('690123456789')), 'gtin.check_digit', 'twelve figures are a GTIN-12');
  t.equal(reasonOf(checkGtin('69012345678')), 'gtin.length');
  t.equal(reasonOf(checkGtin('69012345678A2')), 'gtin.characters');
});

t.test('administrative codes: six, nine or twelve figures', async (t) => {
  for (const code of ['510114', '510114001', '510114001002']) t.same(checkAdminCode(code), clean(code));
  t.equal(reasonOf(checkAdminCode('5101')), 'admin_code.length');
  t.equal(reasonOf(checkAdminCode('51011A')), 'admin_code.characters');
  t.equal(reasonOf(checkAdminCode('010114')), 'admin_code.characters');
  t.equal(adminLevel('510000'), 'province');
  t.equal(adminLevel('510100'), 'city');
  t.equal(adminLevel('510114'), 'county');
  t.equal(adminLevel('510114001'), 'street');
  t.equal(adminLevel('510114001002'), 'village');
});

/** Every way to replace one character of `code` by another of `alphabet`, from position `from` on. */
const oneWrong = (codes: string[], alphabet: string, from: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...codes), fc.nat(), fc.constantFrom(...Array.from(alphabet)))
    .map(([code, at, c]) => {
      const i = from + (at % (code.length - from));
      return code.slice(0, i) + c + code.slice(i + 1);
    })
    .filter((code) => !codes.includes(code));

const caught = (check: CodeCheck): boolean => !check.ok || check.warnings.length > 0;

t.test('properties: one wrong character is always caught', async () => {
  const many = { numRuns: 2000 };
  fc.assert(
    fc.property(oneWrong(USCC, '0123456789ABCDEFGHJKLMNPQRTUWXY', 0), (code) => !checkUscc(code).ok),
    many,
  );
  fc.assert(
    fc.property(oneWrong(RESIDENT, '0123456789X', 0), (code) => !checkResidentId(code).ok),
    many,
  );
  fc.assert(
    fc.property(oneWrong(SC, '0123456789', 2), (code) => caught(checkScLicence(code))),
    many,
  );
  fc.assert(
    fc.property(oneWrong(JY, '0123456789', 2), (code) => caught(checkJyLicence(code))),
    many,
  );
  fc.assert(
    fc.property(oneWrong(['6901234567892'], '0123456789', 0), (code) => !checkGtin(code).ok),
    many,
  );
});

t.test('properties: no input throws, and a value taken is taken again unchanged', async () => {
  for (const check of [
    checkUscc,
    checkResidentId,
    checkScLicence,
    checkJyLicence,
    checkGtin,
    checkAdminCode,
  ]) {
    const input = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...USCC, ...RESIDENT, ...SC, ...JY, '6901234567892'),
    );
    fc.assert(
      fc.property(input, (text) => {
        const first = check(text);
        if (!first.ok) return true;
        const again = check(first.value);
        return again.ok && again.value === first.value;
      }),
    );
  }
});

t.test('masking', async (t) => {
  t.equal(maskPhone('13800000001'), '138****0001');
  t.equal(maskPhone('028-83000001'), '028-****0001');
  t.equal(maskPhone('+86 138 0000 0001'), '+86 138 **** 0001');
  t.equal(maskPhone('12345'), '*2345');
  t.equal(maskPhone('110'), '***');
  t.equal(maskId('11010519491231002X'), '1101051949****002X');
  t.equal(maskId('E12345678'), 'E12****78');
  t.equal(maskId('1234'), '****');
  t.equal(maskId(''), '');
});
