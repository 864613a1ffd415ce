import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { fileStore } from '../deps.ts';
import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { type Migrate, restore } from '../db/backup.ts';
import { type Command, UsageError } from './command.ts';

/** Migrates the new database only as far as the backup had come: the rest runs at the next start. */
const migrateAsFar: Migrate = async ({ ownerUrl }, names) => {
  if (names.length === 0) return;
  const owner = connect(ownerUrl, 2);
  try {
    await migrate(owner, 'shian_app', names);
  } finally {
    await owner.destroy();
  }
};

/** Brings a backup into a new DATA_DIR (its files to FILES_DIR or the bucket, where set) and checks it; the next `npm start` there goes on from it. */
export const restoreCommand: Command = {
  usage: 'restore <backup folder>',
  summary: '恢复备份到空的 DATA_DIR restore a backup into an empty DATA_DIR',
  run: async ([fromDir]) => {
    if (fromDir === undefined) throw new UsageError('缺少备份文件夹 a backup folder is needed');
    const config = readConfig();
    const { dataDir } = config;
    const isElsewhere = config.s3 !== null || config.filesDir !== join(dataDir, 'files');
    const manifest = await restore({
      fromDir,
      dataDir,
      migrate: migrateAsFar,
      log: (line) => console.log(line),
      ...(isElsewhere && {
        storeFor: (spoolDir) => fileStore(config, config.s3 ? spoolDir : config.filesDir),
      }),
    });
    console.log(`${dataDir}: ${manifest.takenAt}, ${manifest.files.length} 个文件 files`);
    return 0;
  },
};
