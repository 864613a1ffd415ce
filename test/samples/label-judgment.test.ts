import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { bandOf, bandsOf, judgeLabel, type SpeciesResult } from '../../src/modules/samples/label-judgment.ts';
import { SPECIES } from '../../src/modules/samples/report-schemas.ts';
import data from '../../src/data/species-bands.json' with { type: 'json' };

const BANDS = bandsOf({});

const share = (
  species: SpeciesResult['species'],
  value: string,
  more: Partial<SpeciesResult> = {},
): SpeciesResult => ({
  species,
  printed: `${value}%`,
  operator: '=',
  value,
  unit: '%',
  detected: true,
  lod: null,
  uncertainty: null,
  coverageFactor: null,
  shareBasis: 'mass_fraction',
  ...more,
});

const words = (species: SpeciesResult['species'], detected: boolean): SpeciesResult => ({
  ...share(species, '0'),
  printed: detected ? '检出' : '未检出',
  operator: null,
  value: null,
  unit: null,
  detected,
  shareBasis: null,
});

const DUCK = share('duck', '88', { uncertainty: '3', coverageFactor: '2' });

t.test('declared beef; duck 88 %; beef not detected', async (t) => {
  const judgment = judgeLabel(['cattle'], [DUCK, words('cattle', false)], BANDS);
  t.equal(judgment.sentence.zh, '标称牛肉；鸭源性成分 88%（U 3%，k=2）；未检出牛源性成分');
  t.equal(judgment.sentence.en, 'declared beef; duck 88 % (U 3 %, k = 2); beef not detected');
  t.equal(judgment.flag, 'differs');
  t.strictSame(judgment.undeclared, ['duck']);
  t.strictSame(judgment.notDetected, ['cattle']);
  t.strictSame(judgment.unmentioned, []);
  t.equal(judgment.shareSum, '88');
  t.strictSame(judgment.warnings, ['shares_do_not_add_up']);
  t.equal(judgment.findings[0]!.band, 'hard_to_explain');
});

t.test('a report that does not mention beef is judged too', async (t) => {
  const judgment = judgeLabel(['cattle'], [DUCK], BANDS);
  t.equal(judgment.sentence.zh, '标称牛肉；鸭源性成分 88%（U 3%，k=2）；报告未涉及牛源性成分');
  t.equal(judgment.sentence.en, 'declared beef; duck 88 % (U 3 %, k = 2); beef not mentioned');
  t.equal(judgment.flag, 'differs');
  t.strictSame(judgment.unmentioned, ['cattle']);
  t.strictSame(judgment.warnings, ['shares_do_not_add_up', 'declared_not_tested']);
});

t.test('what agrees, what is incomplete, what declares nothing', async (t) => {
  t.equal(judgeLabel(['cattle'], [share('cattle', '100')], BANDS).flag, 'agrees');
  t.strictSame(judgeLabel(['cattle'], [share('cattle', '100')], BANDS).warnings, []);
  t.equal(judgeLabel(['cattle'], [words('pig', false)], BANDS).flag, 'incomplete');
  t.equal(
    judgeLabel(['cattle'], [words('cattle', true), words('pig', false)], BANDS).sentence.zh,
    '标称牛肉；检出牛源性成分；未检出猪源性成分',
  );
  const none = judgeLabel([], [words('pig', true)], BANDS);
  t.equal(none.flag, 'nothing_declared');
  t.equal(none.sentence.en, 'no species declared; pork detected');
  t.equal(judgeLabel(['cattle'], [{ ...DUCK, species: null }], BANDS).flag, 'incomplete');
});

t.test('a mixture keeps the order of the report and both shares', async (t) => {
  const judgment = judgeLabel(
    ['cattle', 'pig'],
    [share('pig', '30'), share('duck', '4.9'), share('cattle', '70')],
    BANDS,
  );
  t.equal(judgment.sentence.zh, '标称牛肉、猪肉；猪源性成分 30%；鸭源性成分 4.9%；牛源性成分 70%');
  t.equal(judgment.shareSum, '104.9');
  t.equal(judgment.findings[1]!.band, 'carry_over');
});

t.test('the bands begin where they say, and a bureau moves them', async (t) => {
  const band = (result: SpeciesResult) => bandOf(result, BANDS);
  t.equal(band(share('duck', '0.999')), 'trace');
  t.equal(band(share('duck', '1')), 'carry_over');
  t.equal(band(share('duck', '4.999')), 'carry_over');
  t.equal(band(share('duck', '5')), 'hard_to_explain');
  t.equal(band(share('duck', '0.2', { lod: '0.25' })), 'below_lod');
  t.equal(band(share('duck', '0.25', { operator: '<' })), 'below_lod');
  t.equal(band(share('duck', '88', { unit: 'mg/kg' })), null);
  t.equal(band(words('duck', true)), null);
  const own = bandsOf({ speciesTraceBelow: 0.5, speciesCarryOverBelow: '10' });
  t.equal(bandOf(share('duck', '0.5'), own), 'carry_over');
  t.equal(bandOf(share('duck', '9.9'), own), 'carry_over');
  t.strictSame(bandsOf({ speciesTraceBelow: 'much' }), BANDS);
  t.strictSame(bandsOf(null), BANDS);
});

t.test('below its limit of detection a species counts as not detected', async (t) => {
  const judgment = judgeLabel(
    ['cattle'],
    [share('cattle', '100'), share('duck', '0.1', { lod: '0.25' })],
    BANDS,
  );
  t.equal(judgment.flag, 'agrees');
  t.match(judgment.sentence.zh, /未检出鸭源性成分/);
});

t.test('every species has its names', async (t) => {
  t.strictSame(Object.keys(data.species), [...SPECIES]);
});

t.test('the product never says the word for adulteration of its own accord', async (t) => {
  const WORD = /掺假|掺杂|adulterat/i;
  for (const species of SPECIES) {
    for (const result of [share(species, '88'), words(species, true), words(species, false)]) {
      t.notMatch(JSON.stringify(judgeLabel(['cattle'], [result], BANDS)), WORD);
    }
  }
  const folder = join(import.meta.dirname, '../../src/i18n');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json')))
    t.notMatch(readFileSync(join(folder, file), 'utf8'), WORD, file);
});
