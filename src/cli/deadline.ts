import { deadlineAnswer, deadlineText, loadDeadlineDesk } from '../modules/deadlines/index.ts';
import { type Command, readWords, UsageError } from './command.ts';

const OPTIONS = {
  from: { type: 'string' },
  exclude: { type: 'string', multiple: true },
  extend: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** Computes one statutory limit from the product's own rules and calendar; opens no database. */
export const deadline: Command = {
  usage: 'deadline <rule> --from <date|instant> [--exclude a..b] [--extend] [--json]',
  summary: '计算法定期限 compute a statutory limit',
  run: async (words) => {
    const { positionals, values } = readWords(words, OPTIONS);
    const [rule] = positionals;
    if (rule === undefined || values.from === undefined)
      throw new UsageError('缺少规则或起算时间 rule and --from are needed');
    const desk = loadDeadlineDesk();
    const { from, exclude, extend } = values;
    const answer = deadlineAnswer({ rule, from, exclude: exclude ?? [], extend: extend ?? false }, desk);
    if (!answer.ok) {
      console.error(`${deadlineText(answer, desk, 'zh')}\n${deadlineText(answer, desk, 'en')}`);
      return 2;
    }
    console.log(values.json ? JSON.stringify(answer.json) : deadlineText(answer, desk, 'zh'));
    return 0;
  },
};
