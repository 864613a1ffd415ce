import { type Config, readConfig } from '../config.ts';
import { backupRunning, backupStopped, type Bucket } from '../db/backup.ts';
import type { Manifest } from '../db/backup-folder.ts';
import { fileStore } from '../deps.ts';
import { type Command, UsageError } from './command.ts';
import { openForCommand } from './with-deps.ts';
import { findRunning } from '../db/embedded.ts';

/** With a bucket the books say what lies there: then the database is asked, and started where it is not running. */
async function backUpWithBucket(config: Config, folder: string, bucket: Bucket): Promise<Manifest> {
  const database = await openForCommand(config);
  try {
    const { ownerUrl } = database;
    if (!ownerUrl) throw new UsageError('需要 DATABASE_OWNER_URL is needed');
    return await backupRunning({ dataDir: config.dataDir, ownerUrl, bucket }, folder, new Date());
  } finally {
    await database.close();
  }
}

async function backUp(config: Config, folder: string): Promise<Manifest> {
  const { dataDir, filesDir, secrets } = config;
  const source = { dataDir, filesDir };
  const ownerUrl = secrets.databaseUrl ? secrets.databaseOwnerUrl : (await findRunning(dataDir))?.ownerUrl;
  if (secrets.databaseUrl && !ownerUrl) throw new UsageError('需要 DATABASE_OWNER_URL is needed');
  const now = new Date();
  return ownerUrl ? backupRunning({ ...source, ownerUrl }, folder, now) : backupStopped(source, folder, now);
}

/** Of a running server a consistent copy by SQL; of a stopped one the data folder as it lies; of a bucket its contents. */
export const backup: Command = {
  usage: 'backup <new folder>',
  summary: '备份数据库、文件和密钥 back up database, files and keys',
  run: async ([folder]) => {
    if (folder === undefined) throw new UsageError('缺少目标文件夹 a new folder is needed');
    const config = readConfig();
    const lost: string[] = [];
    const bucket = {
      store: fileStore(config, config.filesDir),
      missing: (sha256: string) => void lost.push(sha256),
    };
    const manifest = config.s3
      ? await backUpWithBucket(config, folder, bucket)
      : await backUp(config, folder);
    console.log(`${folder}: ${manifest.kind}, ${manifest.files.length} 个文件 files`);
    for (const sha256 of lost) console.error(`存储中缺少 missing in the store: ${sha256}`);
    return lost.length === 0 ? 0 : 1;
  },
};
