import { verifyAudit } from '../modules/audit/index.ts';
import { type Command, readWords } from './command.ts';
import { withDeps } from './with-deps.ts';

/** Recomputes the sealed chain from the database alone; exit 1 names the first row that does not hold. */
export const verifyAuditCommand: Command = {
  usage: 'verify-audit [--root <hash>]',
  summary: '校验审计链 verify the audit chain',
  run: async (words) => {
    const { values } = readWords(words, { root: { type: 'string' } });
    const result = await withDeps('verify-audit', ({ ctx }) => verifyAudit(ctx, values));
    console.log(result.sentence);
    if (result.ok && result.lastRoot) console.log(`最后的根值 last root: ${result.lastRoot}`);
    return result.ok ? 0 : 1;
  },
};
