import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { renderDocument } from '../../src/modules/documents/render.ts';
import { templateFor } from '../../src/modules/documents/template.ts';
import { SAMPLES, book, sampleInput } from './fixtures.ts';

const FILE = new URL('./golden.json', import.meta.url);

/** SHA-256 of the uncompressed output of every sample: zlib may change between Node versions, the paper may not. */
export async function currentHashes(): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const kind of Object.keys(SAMPLES)) hashes[kind] = await hashOf(sampleInput(kind));
  const current = templateFor(book, 'report-registration', '2026-05-01');
  hashes['report-registration.v2'] = await hashOf(sampleInput('report-registration', { template: current }));
  hashes['draft'] = await hashOf(sampleInput('measure-decision', { draft: true, issuedAt: null }));
  return hashes;
}

async function hashOf(input: Parameters<typeof renderDocument>[0]): Promise<string> {
  const bytes = await renderDocument(input, { compress: false });
  return createHash('sha256').update(bytes).digest('hex');
}

/** The hashes agreed on. After a change that is meant to show, look at the papers and run this file with `--write`. */
export const goldenHashes = (): Record<string, string> =>
  JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, string>;

if (process.argv.includes('--write')) {
  writeFileSync(FILE, `${JSON.stringify(await currentHashes(), null, 2)}\n`);
}
