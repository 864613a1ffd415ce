import { type Ctx, inTx } from '../context.ts';
import { addUser, knownRoles, makeOneTimePassword } from '../modules/identity/index.ts';
import { type Command, readWords, UsageError } from './command.ts';
import { withDeps } from './with-deps.ts';

const OPTIONS = {
  name: { type: 'string' },
  role: { type: 'string', multiple: true },
  bureau: { type: 'string' },
  laboratory: { type: 'string' },
} as const;

type Home = { bureauId: string | null; laboratoryId: string | null };

/** Finds a bureau by its area code, or a laboratory by its name. */
async function findHome(ctx: Ctx, where: { bureau?: string; laboratory?: string }): Promise<Home> {
  const { bureau, laboratory } = where;
  const row = bureau
    ? await ctx.db.selectFrom('bureaus').select('id').where('areaCode', '=', bureau).executeTakeFirst()
    : await ctx.db
        .selectFrom('laboratories')
        .select('id')
        .where('name', '=', laboratory ?? '')
        .executeTakeFirst();
  if (!row) throw new UsageError(`没有这个单位 no such home: ${bureau ?? laboratory ?? ''}`);
  return bureau ? { bureauId: row.id, laboratoryId: null } : { bureauId: null, laboratoryId: row.id };
}

/** Makes a user with a one-time password that must be changed at the first log-in; the password is printed once. */
export const createUserCommand: Command = {
  usage: 'create-user <login> --name <name> --role <role> … (--bureau <area code> | --laboratory <name>)',
  summary: '新建用户 make a user with a one-time password',
  run: async (words) => {
    const { positionals, values } = readWords(words, OPTIONS);
    const [login] = positionals;
    const { name, role, bureau, laboratory } = values;
    if (!login || !name || !role || (bureau === undefined) === (laboratory === undefined)) {
      throw new UsageError('登录名、姓名、角色、所属单位都要给出 login, name, role and home are all needed');
    }
    const unknown = role.filter((key) => !knownRoles().includes(key));
    if (unknown.length > 0)
      throw new UsageError(`没有这个角色 no such role: ${unknown.join(', ')}; ${knownRoles().join(', ')}`);
    const { password, hash } = await makeOneTimePassword();
    await withDeps('create-user', async ({ ctx }) => {
      const home = await findHome(ctx, {
        ...(bureau ? { bureau } : {}),
        ...(laboratory ? { laboratory } : {}),
      });
      const user = {
        login,
        name,
        unitId: null,
        roleKeys: role,
        passwordHash: hash,
        mustChangePassword: true,
      };
      await inTx(ctx, (tx) => addUser(tx, { ...user, ...home }));
    });
    console.log(`${login}\n一次性密码 one-time password: ${password}`);
    return 0;
  },
};
