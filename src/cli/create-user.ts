import { z } from 'zod';
import type { Actor, Ctx } from '../context.ts';
import { createUser, CreateUserBody } from '../modules/identity/index.ts';
import { type Command, readWords, UsageError } from './command.ts';
import { withDeps } from './with-deps.ts';

const OPTIONS = {
  name: { type: 'string' },
  role: { type: 'string', multiple: true },
  bureau: { type: 'string' },
  laboratory: { type: 'string' },
} as const;

type Home = { bureau: string } | { laboratory: string };

/** The command's actor at home where the new user is to be: a bureau by area code, or a laboratory by name. */
async function actorOf(ctx: Ctx, home: Home): Promise<Actor> {
  const found =
    'bureau' in home
      ? await ctx.db.selectFrom('bureaus').select('id').where('areaCode', '=', home.bureau).executeTakeFirst()
      : await ctx.db
          .selectFrom('laboratories')
          .select('id')
          .where('name', '=', home.laboratory)
          .executeTakeFirst();
  if (!found) throw new UsageError(`没有这个单位 no such home: ${Object.values(home).join()}`);
  return 'bureau' in home ? { ...ctx.actor, bureauId: found.id } : { ...ctx.actor, laboratoryId: found.id };
}

function readHome({ bureau, laboratory }: { bureau?: string; laboratory?: string }): Home {
  if (bureau !== undefined && laboratory === undefined) return { bureau };
  if (laboratory !== undefined && bureau === undefined) return { laboratory };
  throw new UsageError('所属单位须给出一个：--bureau 或 --laboratory. One home is needed.');
}

function readUser(words: string[]) {
  const { positionals, values } = readWords(words, OPTIONS);
  const read = CreateUserBody.safeParse({
    login: positionals[0],
    name: values.name,
    roleKeys: values.role,
  });
  if (!read.success) throw new UsageError(`输入有误 wrong input:\n${z.prettifyError(read.error)}`);
  return { user: read.data, home: readHome(values) };
}

/** Makes a user with a one-time password that must be changed at the first log-in; the password is printed once. */
export const createUserCommand: Command = {
  usage: 'create-user <login> --name <name> --role <role> … (--bureau <area code> | --laboratory <name>)',
  summary: '新建用户 make a user with a one-time password',
  run: async (words) => {
    const { user, home } = readUser(words);
    const { login, oneTimePassword } = await withDeps('create-user', async ({ ctx }) =>
      createUser({ ...ctx, actor: await actorOf(ctx, home) }, user),
    );
    console.log(`${login}\n一次性密码 one-time password: ${oneTimePassword}`);
    return 0;
  },
};
