import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import type { BlankSpec } from '../../src/modules/documents/blanks.ts';
import {
  loadTemplates,
  parseTemplate,
  templateFor,
  templateVersion,
} from '../../src/modules/documents/template.ts';
import { SAMPLES, TEMPLATE_DIR, book } from './fixtures.ts';

const KINDS = Object.keys(SAMPLES);
const source = (file: string): Record<string, unknown> =>
  parse(readFileSync(join(TEMPLATE_DIR, file), 'utf8')) as Record<string, unknown>;

t.test('the eight papers are there, numbered as the official forms are', async (t) => {
  t.same([...book.keys()].toSorted(), KINDS.toSorted());
  const on = (kind: string) => templateFor(book, kind, '2024-03-07');
  const numbered = KINDS.filter((kind) => on(kind).code !== null);
  t.same(numbered.toSorted(), ['crime-transfer', 'measure-decision']);
  t.equal(on('measure-decision').code, '强制');
  t.equal(on('crime-transfer').code, '涉罪移');
  t.equal(on('measure-decision').numberPattern, '{prefix}市监{code}〔{year}〕{seq}号');
  t.equal(on('item-list').numberFrom, 'measure-decision', 'the list carries the number of its decision');
});

t.test('a paper takes the form in force on its day', async (t) => {
  const old = templateFor(book, 'report-registration', '2026-04-14');
  const current = templateFor(book, 'report-registration', '2026-04-15');
  t.match(old, { version: 1, form: 'complaint-2019 #2', layoutVerified: false });
  t.match(current, { version: 2, form: 'complaint-2026 #2', layoutVerified: true });
  t.throws(() => templateFor(book, 'report-registration', '2019-12-31'), {
    code: 'document.no_template',
    status: 404,
  });
  t.throws(() => templateFor(book, 'no-such-paper', '2024-03-07'), { code: 'document.no_template' });
  t.equal(templateVersion(book, 'report-registration', 1), old);
  t.throws(() => templateVersion(book, 'report-registration', 9), { code: 'document.no_template' });
});

t.test('each form admits its sample, and nothing it does not ask for', async (t) => {
  for (const kind of KINDS) {
    const { blanks } = templateFor(book, kind, '2024-03-07');
    t.ok(blanks.safeParse(SAMPLES[kind]).success, kind);
    t.notOk(blanks.safeParse({ ...SAMPLES[kind], surplus: '' }).success, `${kind}: an unknown blank`);
    for (const name of Object.keys(SAMPLES[kind] ?? {})) {
      const wrong = { ...SAMPLES[kind], [name]: 3.5 };
      t.notOk(blanks.safeParse(wrong).success, `${kind}: a wrong type in ${name}`);
    }
  }
});

t.test('text that cannot be printed, impossible days and doubled choices are refused', async (t) => {
  const { blanks } = templateFor(book, 'measure-decision', '2024-03-07');
  const sample = SAMPLES['measure-decision'];
  const tries = {
    'a control character': { suspicion: 'a\u0007b' },
    'a mark the layout uses': { suspicion: 'a\uFDD0b' },
    'a direction override': { court: '新\u202E都' },
    'a lone surrogate': { court: '\uD842' },
    'a line break in a short text': { court: '新\n都' },
    'an impossible day': { issuedOn: '2024-02-30' },
    'a choice twice': { measures: ['seizure', 'seizure'] },
    'an empty text': { court: '' },
  };
  for (const [what, change] of Object.entries(tries)) {
    t.notOk(blanks.safeParse({ ...sample, ...change }).success, what);
  }
  t.ok(blanks.safeParse({ ...sample, suspicion: '一\n二' }).success, 'a long text may have paragraphs');
});

t.test('a paper the party gets has no blank that could hold the reporter', async (t) => {
  const named = (specs: Record<string, BlankSpec>, path = ''): string[] =>
    Object.entries(specs).flatMap(([name, spec]) => [
      `${path}${name} ${spec.label}`,
      ...('of' in spec ? named(spec.of, `${path}${name}.`) : []),
    ]);
  for (const kind of ['onsite-record', 'measure-decision', 'item-list', 'sampling-record']) {
    const { blankSpecs } = templateFor(book, kind, '2024-03-07');
    const suspicious = named(blankSpecs).filter((name) =>
      /report|complain|inform|tip|举报|投诉|线索|提供/i.test(name),
    );
    t.same(suspicious, [], kind);
  }
});

t.test('a bureau overrides a form by a file in its own folder', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'shian-templates-'));
  t.teardown(() => rmSync(dir, { recursive: true }));
  const file = 'matter-approval.v2.yaml';
  const text = readFileSync(join(TEMPLATE_DIR, 'matter-approval.v1.yaml'), 'utf8');
  writeFileSync(
    join(dir, file),
    text.replace('version: 1', 'version: 2').replace('行政处罚案件有关事项审批表 }', '本局审批表 }'),
  );
  cpSync(join(TEMPLATE_DIR, 'item-list.v1.yaml'), join(dir, 'item-list.v1.yaml'));
  const own = loadTemplates([TEMPLATE_DIR, dir]);
  t.equal(templateFor(own, 'matter-approval', '2024-03-07').version, 2);
  t.equal(
    templateVersion(own, 'matter-approval', 1).version,
    1,
    'what was issued with the old one prints again',
  );
  t.equal(own.get('item-list')?.length, 1, 'the same version in a later folder replaces');
  t.not(templateVersion(own, 'matter-approval', 2).digest, templateVersion(own, 'matter-approval', 1).digest);
});

t.test('a template that does not hold together is named with its fault', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'shian-templates-'));
  t.teardown(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, 'wrong.v1.yaml'), 'kind: wrong\n');
  t.throws(() => loadTemplates([dir]), /wrong\.v1\.yaml/);

  const base = source('crime-transfer.v1.yaml');
  const body = (...blocks: unknown[]) => ({ ...base, body: blocks });
  const paragraph = (text: string) => body({ block: 'paragraph', text });
  t.throws(
    () => parseTemplate(paragraph('{{ reporterName }}')),
    /reporterName/,
    'a blank that is not declared',
  );
  t.throws(() => parseTemplate(paragraph('{% for a in attachments %}{% endfor %}')), /for/, 'a loop');
  t.throws(() => parseTemplate(paragraph("{% render 'x' %}")), /render/, 'another file');
  t.throws(() => parseTemplate(paragraph('{{ caseName | upcase }}')), /upcase/, 'a filter');
  t.throws(() => parseTemplate(body({ block: 'paragraph', when: 'nothing', text: 'x' })), /no such blank/);
  t.throws(
    () => parseTemplate(body({ block: 'ticks', of: 'matter', rows: [['case']] })),
    /each option/,
    'a box missing',
  );
  t.throws(
    () =>
      parseTemplate(
        body({ block: 'list', of: 'attachments', columns: [{ label: 'x', width: 9, blank: 'y' }] }),
      ),
    /no blank y/,
  );
  t.throws(() => parseTemplate({ ...base, numberPattern: '{prefix}号' }), /no \{year\}/);
  t.throws(() => parseTemplate({ ...base, blanks: { 当事人: { type: 'text', label: 'x' } } }), /camelCase/);
});
