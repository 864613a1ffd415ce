import { readConfig } from '../config.ts';
import { openDatabase } from '../db/open.ts';
import { commandLog } from '../log.ts';
import type { Command } from './command.ts';

/** Brings the database to this version's schema; opening it does just that. */
export const migrateCommand: Command = {
  usage: 'migrate',
  summary: '升级数据库结构 bring the database up to date',
  run: async () => {
    const database = await openDatabase(readConfig(), commandLog('info'));
    await database.close();
    console.log('数据库结构已是最新。 The database is up to date.');
    return 0;
  },
};
