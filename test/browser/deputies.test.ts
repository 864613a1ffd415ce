import t from 'tap';
import { testApp } from '../app.ts';
import { choose, day, send } from './acts.ts';
import { browserFor } from './desk.ts';

t.test('a head names a deputy, who is told in whose place he decides', async (t) => {
  const app = await testApp(t);
  const sit = await browserFor(t, app);
  const { page, look, checkAxe } = await sit({ role: 'bureau_head', path: '/approvals?tab=deputies' });
  await page.getByText('没有代理').waitFor();
  await look('deputies-none');
  await page.getByRole('button', { name: '委托代理' }).click();
  await choose(page, '代理人', app.filled.users.unit_head!.name);
  await day(page, '开始日期', '2024-02-05');
  await day(page, '结束日期', '2024-02-09');
  await page.getByLabel('理由', { exact: true }).fill('外出学习');
  await look('deputies-appoint');
  await send(page, '委托代理');
  await page.getByRole('cell', { name: '代理中' }).waitFor();
  await look('deputies');
  await checkAxe();
  const phone = await sit({
    role: 'unit_head',
    path: '/approvals?tab=deputies',
    size: 'phone',
    locale: 'en',
  });
  await phone.page.getByText('standing in').waitFor();
  await phone.page.getByRole('banner').getByRole('button', { name: '罗建国' }).click();
  await phone.page.getByText('decides in the place of 邓志远').waitFor();
  await phone.look('deputies');
});
