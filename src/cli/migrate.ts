import { readConfig } from '../config.ts';
import { connect } from '../db/connect.ts';
import { findRunning } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';
import { openDatabase } from '../db/open.ts';
import { commandLog } from '../log.ts';
import type { Command } from './command.ts';

/** Beside a running server its own database is brought up to date where it stands. */
async function migrateRunning(ownerUrl: string): Promise<void> {
  const owner = connect(ownerUrl, 2);
  try {
    await migrate(owner, 'shian_app');
  } finally {
    await owner.destroy();
  }
}

/** Brings the database to this version's schema; opening it does just that. */
export const migrateCommand: Command = {
  usage: 'migrate',
  summary: '升级数据库结构 bring the database up to date',
  run: async () => {
    const config = readConfig();
    const running = config.secrets.databaseUrl ? null : await findRunning(config.dataDir);
    if (running) await migrateRunning(running.ownerUrl);
    else await (await openDatabase(config, commandLog('warn'))).close();
    console.log('数据库结构已是最新。 The database is up to date.');
    return 0;
  },
};
