import { backup } from './cli/backup.ts';
import { type Command, sentenceOf, UsageError } from './cli/command.ts';
import { createUserCommand } from './cli/create-user.ts';
import { deadline } from './cli/deadline.ts';
import { importCalendarCommand } from './cli/import-calendar.ts';
import { importDivisionsCommand } from './cli/import-divisions.ts';
import { migrateCommand } from './cli/migrate.ts';
import { restoreCommand } from './cli/restore.ts';
import { runJobCommand } from './cli/run-job.ts';
import { serveCommand } from './cli/serve.ts';
import { verifyAuditCommand } from './cli/verify-audit.ts';

/** Every command there is. */
const COMMANDS: Record<string, Command> = {
  serve: serveCommand,
  migrate: migrateCommand,
  'create-user': createUserCommand,
  'run-job': runJobCommand,
  'verify-audit': verifyAuditCommand,
  'import-divisions': importDivisionsCommand,
  'import-calendar': importCalendarCommand,
  backup,
  restore: restoreCommand,
  deadline,
};

function help(): string {
  const width = Math.max(...Object.values(COMMANDS).map((command) => command.usage.length));
  const lines = Object.values(COMMANDS).map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`);
  return ['用法 Usage: npm run -s shian -- <command>', '', ...lines].join('\n');
}

/** Runs the command the words name; answers with the exit status: 0 done, 1 failed, 2 wrong words. */
async function main([name, ...words]: string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help') {
    console.log(help());
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    console.error(`没有这个命令 unknown command: ${name}\n\n${help()}`);
    return 2;
  }
  try {
    return await command.run(words);
  } catch (error) {
    console.error(sentenceOf(error));
    if (!(error instanceof UsageError)) return 1;
    console.error(`用法 Usage: shian ${command.usage}`);
    return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
