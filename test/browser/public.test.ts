import t from 'tap';
import { testApp } from '../app.ts';
import { browserFor } from './desk.ts';

t.test('somebody reports on a telephone, keeps number and code, and follows', async (t) => {
  const app = await testApp(t);
  const sit = await browserFor(t, app);
  for (const [size, locale] of [
    ['phone', 'zh'],
    ['desk', 'en'],
  ] as const) {
    const zh = locale === 'zh';
    const { page, look, checkAxe } = await sit({ size, locale, path: '/report' });
    await checkAxe();
    await page.getByRole('button', { name: zh ? '提交' : 'Send' }).click();
    await page.getByRole('alert').waitFor();
    await look('public-report-wrong');
    await checkAxe();
    await page.locator('[id="respondent.name"]').fill('成都演示牧香食品有限公司');
    await page.locator('#narrative').fill('不像牛肉。');
    t.equal(
      await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth'),
      true,
      'nothing is wider than the screen',
    );
    await page.getByRole('button', { name: zh ? '提交' : 'Send' }).click();
    await page.getByRole('heading', { name: zh ? '已收到' : 'Received' }).waitFor();
    await look('public-receipt');
    await checkAxe();
    const [number = '', code = ''] = await page.locator('dd.code').allTextContents();
    await page.locator('main').getByRole('link').click();
    await page.locator('#number').fill(number);
    await page.locator('#code').fill(code);
    await page.getByRole('button', { name: zh ? '查询' : 'Look' }).click();
    await page.getByText(zh ? '已收到，正在处理。' : 'Received; it is being looked at.').waitFor();
    await look('public-follow');
    await checkAxe();
    await page.goto(`${app.url}/report/complaint`);
    await look('public-complaint');
    await checkAxe();
    await page.goto(`${app.url}/verify?code=ABCDEFGH2345`);
    await page.getByRole('heading', { level: 2 }).waitFor();
    await look('public-verify');
    await checkAxe();
  }
});
