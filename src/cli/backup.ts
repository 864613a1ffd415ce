import { readConfig } from '../config.ts';
import { backupRunning, backupStopped } from '../db/backup.ts';
import { findRunning } from '../db/embedded.ts';
import { type Command, UsageError } from './command.ts';

/** Of a running server a consistent copy by SQL; of a stopped one the data folder as it lies. */
export const backup: Command = {
  usage: 'backup <new folder>',
  summary: '备份数据库、文件和密钥 back up database, files and keys',
  run: async ([folder]) => {
    if (folder === undefined) throw new UsageError('缺少目标文件夹 a new folder is needed');
    const { dataDir, filesDir, secrets } = readConfig();
    const source = { dataDir, filesDir };
    const ownerUrl = secrets.databaseUrl ? secrets.databaseOwnerUrl : (await findRunning(dataDir))?.ownerUrl;
    if (secrets.databaseUrl && !ownerUrl) throw new UsageError('需要 DATABASE_OWNER_URL is needed');
    const now = new Date();
    const manifest = ownerUrl
      ? await backupRunning({ ...source, ownerUrl }, folder, now)
      : await backupStopped(source, folder, now);
    console.log(`${folder}: ${manifest.kind}, ${manifest.files.length} 个文件 files`);
    return 0;
  },
};
