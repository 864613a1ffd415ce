import { importDivisions } from '../modules/grid/index.ts';
import { type Command, readGivenFile, readWords } from './command.ts';
import { withDeps } from './with-deps.ts';

/** Loads GB/T 2260 divisions: the project's own data, or a newer CSV; codes that vanish stay, marked abolished. */
export const importDivisionsCommand: Command = {
  usage: 'import-divisions [file.csv] [--edition <year>]',
  summary: '导入行政区划 load administrative divisions (GB/T 2260)',
  run: async (words) => {
    const { positionals, values } = readWords(words, { edition: { type: 'string' } });
    const csv = positionals[0] === undefined ? undefined : await readGivenFile(positionals[0]);
    const counts = await withDeps('import-divisions', ({ ctx }) =>
      importDivisions(ctx, { csv, edition: values.edition }),
    );
    console.log(JSON.stringify(counts));
    return 0;
  },
};
