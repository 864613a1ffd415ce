import { readFile } from 'node:fs/promises';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { databaseRefusal } from '../db/constraints.ts';
import { text } from '../i18n/index.ts';
import { AppError } from '../shared/errors.ts';

/** One command: its words, what it does, and the exit status it ends with. */
export type Command = { usage: string; summary: string; run(words: string[]): Promise<number> };

/** The words were wrong: exit status 2, with the usage. */
export class UsageError extends Error {}

/** Reads options and positional words; a word that is not understood is a UsageError. */
export function readWords<T extends NonNullable<ParseArgsConfig['options']>>(words: string[], options: T) {
  try {
    return parseArgs({ args: words, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** What went wrong, for a person: a refusal of the product in both languages, else what the error says. */
export function sentenceOf(error: unknown): string {
  const refusal = error instanceof AppError ? error : databaseRefusal(error);
  if (refusal) {
    const { code, params } = refusal;
    return `${text('zh', code, params)}\n${text('en', code, params)}`;
  }
  return error instanceof Error ? error.message : String(error);
}

/** The text of a file named on the command line; a file that cannot be read is a UsageError. */
export async function readGivenFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`无法读取文件 cannot read ${path} (${(error as { code?: string }).code})`);
  }
}
