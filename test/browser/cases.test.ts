import t from 'tap';
import { type TestApp, testApp } from '../app.ts';
import { filedCase, must } from '../given/cases.ts';
import { AGREE, decideMatter, REPORT, SALE, servedCase } from '../given/penalty.ts';
import { choose, day, open, press, send } from './acts.ts';
import { browserFor } from './desk.ts';

type Track = {
  state: string;
  proposals: { state: string; fine: { figures: string }; servedOn: string | null }[];
  violations: { breached: string }[];
  statements: { kind: string }[];
};

const see = async (app: TestApp, id: string): Promise<Track> =>
  must<Track>((await app.as('case_officer')).get(`/api/cases/${id}/penalty`));

t.test(
  'a violation is entered, its fine counted, proposed, told and given up, on the page of the case',
  async (t) => {
    const app = await testApp(t);
    const officer = await app.as('case_officer');
    const { id } = await filedCase(app);
    await must(officer.post(`/api/cases/${id}/sales`, SALE), 201);
    const sit = await browserFor(t, app);
    const { page, look, checkAxe } = await sit({ role: 'case_officer', path: `/cases/${id}` });
    await open(page, '登记违法行为');
    await choose(page, '处罚依据', '第一百二十四条');
    await page.getByLabel('违反的条款', { exact: true }).fill('《食品安全法》第三十四条第六项');
    await page.getByLabel('违法行为事实', { exact: true }).fill('以鸭肉冒充牛肉生产“牛肉干”并销售。');
    await day(page, '行为开始日', '2024-01-05');
    await day(page, '行为终了日', '2024-01-31');
    await look('case-violation');
    await send(page, '登记违法行为');
    await page.getByText('法定幅度合计').waitFor();
    t.equal((await see(app, id)).violations.length, 1);
    await look('case-charged');
    await checkAxe();

    await must(officer.post(`/api/cases/${id}/conclude`, REPORT));
    await must((await app.as('case_reviewer')).post(`/api/cases/${id}/review`, AGREE));
    await page.reload();
    await open(page, '提出处理建议');
    t.equal(await page.getByLabel('违法事实', { exact: true }).inputValue(), REPORT.facts, 'from the report');
    await page
      .getByLabel('处罚依据（违反和适用的条款）', { exact: true })
      .fill('《食品安全法》第一百二十四条');
    await page.getByRole('dialog').getByLabel('罚款', { exact: true }).fill('1');
    await page.getByLabel('责令改正', { exact: true }).fill('立即停止违法行为。');
    await press(page, '提出处理建议');
    await page.getByText('罚款超出法定幅度').waitFor();
    await look('case-propose');
    await page.getByRole('dialog').getByLabel('罚款', { exact: true }).fill('70000');
    await send(page, '提出处理建议');
    t.match((await see(app, id)).proposals, [{ state: 'proposed', fine: { figures: '70,000.00' } }]);
    await decideMatter(app, id, 'penalty.approve_notice', { as: 'deputy_head' });

    await page.reload();
    await open(page, '送达告知书');
    await choose(page, '送达方式', '直接');
    await day(page, '送达日期', '2024-02-05');
    await page.getByLabel('送达地点', { exact: true }).fill('当事人住所');
    await page.getByLabel('收件人', { exact: true }).fill('王某');
    await choose(page, '收件人身份', '法定代表人');
    await choose(page, '送达人', app.filled.users.case_officer!.name);
    await page.keyboard.press('Escape');
    await page.getByLabel('送达证明', { exact: true }).fill('送达回证');
    await look('case-serve');
    await send(page, '送达告知书');
    t.equal((await see(app, id)).proposals[0]!.servedOn, '2024-02-05');
    await page.getByRole('button', { name: /暂不能办理/ }).click();
    await page
      .getByText(/《市场监督管理行政处罚程序规定》第五十七条/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');

    await open(page, '记录放弃权利');
    await day(page, '收到日期', '2024-02-05');
    await page.getByLabel('陈述申辩人', { exact: true }).fill('当事人');
    await page.getByLabel('陈述申辩内容', { exact: true }).fill('放弃陈述、申辩和听证的权利。');
    await send(page, '记录放弃权利');
    t.match(await see(app, id), { state: 'rechecked', statements: [{ kind: 'waiver' }] });
    await look('case-rechecked');
  },
);

t.test('a decided case on a phone and in English', async (t) => {
  const app = await testApp(t);
  const { id } = await servedCase(app);
  const sit = await browserFor(t, app);
  const phone = await sit({ role: 'case_officer', path: `/cases/${id}`, size: 'phone' });
  await phone.page.getByText('缴款期限').waitFor();
  const width = await phone.page.evaluate<number>('document.documentElement.scrollWidth');
  t.equal(width, 390, 'nothing overflows');
  await phone.look('case-served');
  await phone.checkAxe();
  const english = await sit({ role: 'bureau_head', path: `/cases/${id}`, locale: 'en' });
  await english.page.getByText('To be paid by').waitFor();
  await english.look('case-served');
  await english.checkAxe();
});
