import { thresholdAnswer, thresholdText } from '../modules/fines/index.ts';
import { AppError } from '../shared/errors.ts';
import { type Command, readWords, sentenceOf, UsageError } from './command.ts';

const OPTIONS = { sold: { type: 'string' }, unsold: { type: 'string' }, json: { type: 'boolean' } } as const;

/** Which criminal filing standards goods sold and unsold reach; opens no database. */
export const threshold: Command = {
  usage: 'threshold --sold <yuan> --unsold <yuan> [--json]',
  summary: '比对刑事立案追诉标准 compare with the criminal filing standards',
  run: async (words) => {
    const { positionals, values } = readWords(words, OPTIONS);
    const { sold, unsold } = values;
    if (positionals.length > 0 || sold === undefined || unsold === undefined)
      throw new UsageError('缺少已销售或未销售金额 --sold and --unsold are needed');
    try {
      const answer = thresholdAnswer({ sold, unsold }, 'zh');
      console.log(values.json ? JSON.stringify(answer) : thresholdText(answer));
      return 0;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      console.error(sentenceOf(error));
      return 2;
    }
  },
};
