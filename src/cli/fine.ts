import { fineAnswer, fineText } from '../modules/fines/index.ts';
import { AppError } from '../shared/errors.ts';
import { type Command, readWords, sentenceOf, UsageError } from './command.ts';

const OPTIONS = { value: { type: 'string' }, on: { type: 'string' }, json: { type: 'boolean' } } as const;

/** The range of a fine by its article, with the arithmetic; opens no database. */
export const fine: Command = {
  usage: 'fine <FSL122…> --value <yuan> [--on <date>] [--json]',
  summary: '计算罚款幅度 compute the range of a fine',
  run: async (words) => {
    const { positionals, values } = readWords(words, OPTIONS);
    const [rule, ...more] = positionals;
    if (rule === undefined || more.length > 0) throw new UsageError('缺少处罚条款 one rule is needed');
    try {
      const answer = fineAnswer({ rule, value: values.value, on: values.on }, 'zh');
      console.log(values.json ? JSON.stringify(answer) : fineText(answer, 'zh'));
      return 0;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      console.error(sentenceOf(error));
      return 2;
    }
  },
};
