import { type Command, sentenceOf, UsageError } from './cli/command.ts';

/** Every command there is; each is loaded when it is called, so that one without a database starts at once. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./cli/serve.ts')).serveCommand,
  migrate: async () => (await import('./cli/migrate.ts')).migrateCommand,
  'create-user': async () => (await import('./cli/create-user.ts')).createUserCommand,
  'run-job': async () => (await import('./cli/run-job.ts')).runJobCommand,
  'verify-audit': async () => (await import('./cli/verify-audit.ts')).verifyAuditCommand,
  'import-divisions': async () => (await import('./cli/import-divisions.ts')).importDivisionsCommand,
  'import-calendar': async () => (await import('./cli/import-calendar.ts')).importCalendarCommand,
  backup: async () => (await import('./cli/backup.ts')).backup,
  restore: async () => (await import('./cli/restore.ts')).restoreCommand,
  deadline: async () => (await import('./cli/deadline.ts')).deadline,
  fine: async () => (await import('./cli/fine.ts')).fine,
  threshold: async () => (await import('./cli/threshold.ts')).threshold,
};

async function help(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const width = Math.max(...commands.map(({ usage }) => usage.length));
  const lines = commands.map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`);
  return ['用法 Usage: npm run -s shian -- <command>', '', ...lines].join('\n');
}

/** Runs the command the words name; answers with the exit status: 0 done, 1 failed, 2 wrong words. */
async function main([name, ...words]: string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help') {
    console.log(await help());
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    console.error(`没有这个命令 unknown command: ${name}\n\n${await help()}`);
    return 2;
  }
  const command = await load();
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
