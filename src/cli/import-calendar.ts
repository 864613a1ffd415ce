import { loadCalendar, recalculateClocks } from '../modules/deadlines/index.ts';
import { type Command, readGivenFile, readWords, UsageError } from './command.ts';
import { withDeps } from './with-deps.ts';

/** Loads one year of the working-day calendar and tells which clocks it moved. */
export const importCalendarCommand: Command = {
  usage: 'import-calendar <file.json>',
  summary: '导入节假日安排 load a year of days off and make-up working days',
  run: async (words) => {
    const { positionals } = readWords(words, {});
    if (positionals[0] === undefined) throw new UsageError('缺少文件 a file is needed');
    const year = readJson(await readGivenFile(positionals[0]));
    const result = await withDeps('import-calendar', async ({ ctx }) => {
      const imported = await loadCalendar(ctx, year);
      // The command ends with its work: nothing goes on behind it.
      await recalculateClocks(ctx);
      return imported;
    });
    console.log(JSON.stringify(result));
    return 0;
  },
};

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError('文件不是有效的 JSON the file is not JSON');
  }
}
