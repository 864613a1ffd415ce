import * as path from 'node:path';
import t from 'tap';
import { backupRunning, restore } from '../../src/db/backup.ts';
import type { Migrate } from '../../src/db/backup.ts';
import { connect } from '../../src/db/connect.ts';
import { migrate as migrateSchema } from '../../src/db/migrate.ts';
import { query, started, tempFolder } from './fixtures/folders.ts';

t.test('the schema of this program goes out and in again', async (t) => {
  const base = tempFolder(t);
  const real: Migrate = async ({ ownerUrl }) => {
    const owner = connect(ownerUrl, 2);
    await migrateSchema(owner, 'shian_app');
    await owner.destroy();
  };
  const server = await started(t, path.join(base, 'real'));
  await real(server, []);
  const bureau = `insert into bureaus (id, area_code, name, short_name, created_at) values
    ('00000000-0000-4000-8000-000000510114', '510114', '成都市新都区市场监督管理局', '新都', '2024-02-01T09:00:00+08:00')`;
  await query(server.ownerUrl, bureau);
  const fromDir = path.join(base, 'real-backup');
  await backupRunning(
    { ownerUrl: server.ownerUrl, dataDir: path.join(base, 'real') },
    fromDir,
    new Date('2024-03-07T10:00:00+08:00'),
  );
  const dataDir = path.join(base, 'real-again');
  await restore({ fromDir, dataDir, migrate: real, log: () => undefined });
  const restored = await started(t, dataDir);
  const bureaus = 'select * from bureaus';
  t.same(
    await query(restored.appUrl, bureaus),
    await query(server.ownerUrl, bureaus),
    'read by the application',
  );
  await t.rejects(query(restored.appUrl, 'delete from audit_entries'), { code: '42501' });
});
