import { parseArgs, type ParseArgsConfig } from 'node:util';

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
