import t from 'tap';
import { testApp } from '../app.ts';
import type { Page } from './browser.ts';
import { must, verifiedSource } from '../given/cases.ts';
import { RECORD, startOf } from '../given/inspections.ts';
import { foundItems, inspectionUnderWay } from '../given/raid.ts';
import { RAID_AT } from '../given/seizures.ts';
import { paste } from './acts.ts';
import { browserFor } from './desk.ts';
import { confirmSignature, signAs, writeOnPad } from './pad.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

const drawer = (page: Page) => page.locator('.ant-drawer-open');

/** One item under the thumb. */
async function writeItem(page: Page, name: string, quantity: string): Promise<void> {
  await page.locator('#item-name').fill(name);
  await page.locator('#item-quantity').fill(quantity);
  await page.getByRole('button', { name: '记下，下一项' }).click();
}

t.test('a raid at phone size: begin, record, twenty items, seize urgently, the papers', async (t) => {
  const app = await testApp(t);
  const { id: sourceId } = await verifiedSource(app);
  app.setNow(RAID_AT);
  const officer = await app.as('case_officer');
  const plan = { subjectMatter: '涉嫌无证生产食品', place: '成都市新都区新繁街道某某路1号', sourceId };
  const { id } = await must<{ id: string }>(officer.post('/api/inspections', plan), 201);
  const sit = await browserFor(t, app);
  const { page, look, checkAxe } = await sit({
    role: 'case_officer',
    size: 'phone',
    path: `/inspections/${id}`,
  });

  t.comment('the inspection begins with its team');
  await page.getByRole('button', { name: '开始检查' }).click();
  await drawer(page).getByLabel('当事人到场情况', { exact: true }).click();
  await page.getByTitle('到场', { exact: true }).click();
  const people = drawer(page).getByLabel('检查人员');
  for (const role of ['case_officer', 'case_officer_2']) {
    await people.fill(app.filled.users[role]!.name);
    await people.press('Enter');
  }
  await drawer(page).getByLabel('通知当事人到场情况').fill('电话通知当事人到场。');
  await drawer(page).getByRole('button', { name: '增加人员' }).click();
  await drawer(page).getByLabel('姓名').fill('王某');
  await look('inspection-start');
  await checkAxe();
  await drawer(page).getByRole('button', { name: '开始检查' }).click();
  await page.getByText('进行中').first().waitFor();

  t.comment('rights before evidence, then what is found');
  await page.getByRole('button', { name: '现场笔录', exact: true }).click();
  await drawer(page).getByLabel('现场情况').fill(RECORD.findings);
  await drawer(page).getByRole('button', { name: '现场笔录' }).click();
  await drawer(page)
    .getByText(/首次收集证据前/)
    .first()
    .waitFor();
  await drawer(page).getByLabel('对出示证件的回答').fill(RECORD.idsShownAnswer);
  await drawer(page).getByLabel('对权利告知的回答').fill(RECORD.rightsToldAnswer);
  await drawer(page).getByLabel('当场告知强制措施的情况').fill('已当场告知理由、依据、权利和救济途径。');
  await drawer(page).getByRole('button', { name: '现场笔录' }).click();
  await page.getByText(RECORD.findings).waitFor();
  await look('inspection-under-way');
  await checkAxe();

  t.comment('twenty items');
  await page.getByRole('link', { name: '登记财物' }).click();
  await page.locator('#item-unit').fill('袋');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '第1项.png', mimeType: 'image/png', buffer: PNG });
  await page.getByRole('button', { name: '照片 1 张' }).waitFor();
  await writeItem(page, '手撕牛肉干', '1,260');
  await page.getByText('已登记（1 项）').waitFor();
  await page.getByRole('button', { name: '同上一项' }).click();
  t.equal(await page.locator('#item-name').inputValue(), '手撕牛肉干');
  for (let n = 2; n <= 19; n += 1) {
    await writeItem(page, `牛肉干第${n}种口味，包装上的名称写得很长很长`, String(n));
    await page.getByText(`已登记（${n} 项）`).waitFor();
  }
  await look('scene-items');
  await checkAxe();

  t.comment('the line goes away, and the twentieth waits');
  await page.context().setOffline(true);
  await writeItem(page, '鸭肉原料', '１２.５');
  await page.getByText('1 项还没有保存到服务器').waitFor();
  await look('scene-offline');
  await page.context().setOffline(false);
  await page.getByText('已登记（20 项）').waitFor();
  const { items } = await must<{ items: { name: string; quantity: string; files: number }[] }>(
    officer.get(`/api/inspections/${id}/items`),
  );
  t.equal(items.length, 20, 'each once');
  t.match(items[0], { name: '手撕牛肉干', quantity: '1260', files: 1 });
  t.match(items[19], { name: '鸭肉原料', quantity: '12.5' });

  t.comment('all of it is seized');
  await page.getByRole('link', { name: '下一步：查封扣押' }).click();
  await page.getByLabel('涉嫌违法行为').fill('未取得食品生产许可从事食品生产');
  await page.getByLabel('采取措施的理由').fill('不及时扣押可能被转移、隐匿。');
  await page.getByLabel('保存条件').fill('常温');
  await page.getByRole('switch', { name: '已告知权利' }).click();
  await look('scene-seize');
  await checkAxe();
  await page.getByRole('button', { name: '当场紧急实施' }).click();
  await page.locator('.ant-form-item-explain-error').first().waitFor();
  await page.getByLabel('保存地点').fill('本局涉案财物仓库');
  await page.getByRole('button', { name: '当场紧急实施' }).click();

  t.comment('the papers are drawn up, issued and shown');
  await page.getByRole('button', { name: '制作决定书和清单' }).click();
  await page.getByRole('button', { name: '出具决定书和清单' }).waitFor();
  await page
    .getByRole('listitem')
    .filter({ hasText: '财物清单' })
    .getByRole('button', { name: '查看' })
    .click();
  await page.getByRole('img', { name: /第 1 页/ }).waitFor();
  await look('scene-papers');
  await checkAxe();
  t.comment('the party and both officers sign the list on the glass');
  const listed = page.getByRole('listitem').filter({ hasText: '财物清单' });
  await listed.getByRole('button', { name: '签名', exact: true }).click();
  await signAs(page, { name: '王某', capacity: '现场负责人' });
  await look('scene-sign');
  await checkAxe();
  await confirmSignature(page);
  for (let hand = 0; hand < 2; hand += 1) {
    await page.getByRole('combobox', { name: '办案人员' }).waitFor();
    await writeOnPad(page);
    await confirmSignature(page);
  }
  await drawer(page)
    .getByRole('button', { name: /取\s?消/ })
    .click();
  await listed.getByText('现场负责人').waitFor();
  t.equal(await listed.getByRole('button', { name: '撤回签名' }).count(), 3);
  await look('scene-signed');
  await page.getByRole('button', { name: '出具决定书和清单' }).click();
  const print = page
    .getByRole('listitem')
    .filter({ hasText: '财物清单' })
    .getByRole('link', { name: '打印' });
  await print.waitFor();
  const pdf = await officer.download((await print.getAttribute('href'))!);
  t.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  t.equal(new Set(pdf.toString('latin1').match(/\/Ink\d/g)).size, 3, 'all three hands are on the paper');
  const list = await must<{ items: { state: string; items: number; holding: number }[] }>(
    officer.get('/api/measures'),
  );
  t.match(list.items, [{ state: 'in_force', items: 20, holding: 20 }]);
});

const SHEET = [
  '类别\t品名\t规格\t数量\t单位\t单价\t备注',
  '原料\t冻鸭胸肉\t20kg/箱\t386.5\t千克\t13.50\t',
  '成品\t五香牛肉干\t100g/袋\t845\t袋\t12.8\t外箱破损',
  '其他工具设备\t封口机\t/\t两台\t台\t约百元\t',
].join('\n');

t.test('at a desk a sheet is pasted into the grid, and what is wrong stands in its cell', async (t) => {
  const app = await testApp(t);
  const { id: inspectionId } = await inspectionUnderWay(app);
  const sit = await browserFor(t, app);
  const { page, look, checkAxe } = await sit({
    role: 'case_officer',
    path: `/inspections/${inspectionId}/items`,
  });
  await page.getByLabel('标称名称 1').click();
  await paste(page, SHEET);
  t.equal(await page.getByLabel('类别 1').inputValue(), 'raw_material');
  t.equal(await page.getByLabel('备注 2').inputValue(), '外箱破损');
  await page.getByRole('button', { name: '保存 3 项' }).click();
  await page.getByText('单价无法识别').waitFor();
  await page.getByLabel('单价 3').fill('100');
  await page.keyboard.press('Control+Enter');
  await page.locator('[aria-invalid=true]').first().waitFor();
  t.equal(await page.getByLabel('数量 3').getAttribute('aria-invalid'), 'true');
  await look('scene-grid');
  await checkAxe();
  await page.getByLabel('数量 3').fill('2');
  await page.keyboard.press('Control+Enter');
  await page.getByText('已登记（3 项）').waitFor();
  const { items } = await must<{ items: object[] }>(
    (await app.as('case_officer')).get(`/api/inspections/${inspectionId}/items`),
  );
  t.match(items, [
    { category: 'raw_material', name: '冻鸭胸肉', quantity: '386.5', unitPriceFen: 1350 },
    { name: '五香牛肉干', remark: '外箱破损' },
    { category: 'other_tool', quantity: '2', unitPriceFen: 10_000 },
  ]);
});

t.test('a joint operation: its board, the log of both sides, and goods the police take', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const sit = await browserFor(t, app);
  const { page, look, checkAxe } = await sit({ role: 'case_officer', locale: 'en', path: '/operations' });
  await page.getByRole('button', { name: /Plan$/ }).click();
  await drawer(page).getByLabel('Operation').fill('3·07');
  await drawer(page).getByLabel('Planned for').fill('2024-02-06');
  await drawer(page).getByLabel('Planned for').press('Enter');
  await drawer(page).getByLabel('Partner authority').fill('成都市公安局新都区分局');
  await drawer(page)
    .getByRole('textbox', { name: '* Plan', exact: true })
    .fill('Each side with its own powers.');
  await drawer(page).getByLabel('Site', { exact: true }).fill('三层民房');
  await drawer(page).getByLabel('Address').fill('新繁街道某某路1号');
  const people = drawer(page).getByLabel('Officers of the bureau');
  for (const role of ['case_officer', 'case_officer_2']) {
    await people.fill(app.filled.users[role]!.name);
    await people.press('Enter');
  }
  await drawer(page).getByRole('button', { name: 'Add a police officer' }).click();
  await drawer(page).getByLabel('Name', { exact: true }).fill('赵某');
  await drawer(page).getByLabel('Badge number').fill('510114001');
  await drawer(page).getByLabel('Organisation').fill('成都市公安局新都区分局');
  await look('operation-plan');
  await drawer(page).getByRole('button', { name: 'Plan', exact: true }).click();
  await page.getByRole('heading', { name: '3·07' }).waitFor();
  await page.getByText('510114001').waitFor();
  const id = page.url().split('/').at(-1)!;
  app.setNow('2024-02-06T09:00:00+08:00');
  await must(officer.post(`/api/operations/${id}/start`, {}));
  const plan = { subjectMatter: '涉嫌无证生产', place: '新繁街道某某路1号', operationId: id };
  const inspection = await must<{ id: string }>(officer.post('/api/inspections', plan), 201);
  await must(officer.post(`/api/inspections/${inspection.id}/start`, startOf(app)));
  const [jerky] = await foundItems(app, inspection.id);
  const taken = { items: [{ itemId: jerky!.id, quantity: '20' }] };
  await must(officer.post(`/api/inspections/${inspection.id}/items/taken-by-police`, taken));
  await page.reload();
  await page.getByPlaceholder(/Enter writes it down/).fill('The doors are open.');
  await page.keyboard.press('Enter');
  await page.getByRole('listitem').filter({ hasText: 'The doors are open.' }).waitFor();
  await page.getByRole('row').filter({ hasText: '牛肉干' }).getByText('20 袋', { exact: true }).waitFor();
  await look('operation');
  await checkAxe();
  await page.getByRole('link', { name: '牛肉干' }).click();
  await page.getByText('Custody path').waitFor();
  await look('goods');
  await checkAxe();
  await page.getByRole('button', { name: 'Correct the ledger' }).click();
  await drawer(page).getByLabel('Entry of the ledger').click();
  await page.locator('.ant-select-item-option').first().click();
  await drawer(page).getByLabel('Quantity taken back').fill('5');
  await drawer(page)
    .getByLabel(/Reason/)
    .fill('Counted again.');
  await drawer(page).getByRole('button', { name: 'Correct the ledger' }).click();
  await page.getByText('Counted again.').first().waitFor();
});
