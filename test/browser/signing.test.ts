import t from 'tap';
import { testApp } from '../app.ts';
import { must } from '../given/cases.ts';
import { measureInForce, scene } from '../given/seizures.ts';
import { browserFor } from './desk.ts';
import { confirmSignature, signAs, writeOnPad } from './pad.ts';

type Signing = {
  version: number;
  items: { name: string; role: string; refusalNote: string | null; withdrawnAt: string | null }[];
};

t.test('signed, taken back and refused on the glass, in English', async (t) => {
  const app = await testApp(t);
  const { id: measureId } = await measureInForce(app, await scene(app));
  const officer = await app.as('case_officer');
  const draft = { kind: 'item-list', subjectKind: 'measure', subjectId: measureId };
  const { id } = await must(officer.post('/api/documents', draft), 201);
  const signing = () => must<Signing>(officer.get(`/api/documents/${id}/signatures`));
  const sit = await browserFor(t, app);
  const seat = { role: 'case_officer', size: 'phone', locale: 'en', path: `/documents/${id}` } as const;
  const { page, look, checkAxe } = await sit(seat);
  const drawer = page.locator('.ant-drawer-open');
  const hands = page.getByRole('region', { name: 'Signatures' });

  t.comment('the party signs');
  await hands.getByRole('button', { name: 'Sign', exact: true }).click();
  await signAs(page, { name: '王某', capacity: 'Site manager' });
  await look('sign');
  await checkAxe();
  await confirmSignature(page);
  t.match((await signing()).items, [{ name: '王某', role: 'party', withdrawnAt: null }]);
  await page.getByRole('combobox', { name: 'Officer' }).waitFor();
  await writeOnPad(page);
  await drawer.getByRole('button', { name: 'Clear' }).click();
  t.equal(
    await drawer.getByRole('button', { name: 'Confirm the signature' }).isDisabled(),
    true,
    'not without ink',
  );
  await writeOnPad(page);
  await confirmSignature(page);
  await drawer.getByRole('button', { name: 'Cancel' }).click();

  t.comment('the party takes it back: with a reason, and it stays on the record');
  const party = hands.getByRole('listitem').filter({ hasText: '王某' });
  await party.getByRole('button', { name: 'Take back' }).click();
  await drawer.getByRole('button', { name: 'Take back' }).click();
  await drawer.locator('.ant-form-item-explain-error').first().waitFor();
  await look('sign-take-back');
  await checkAxe();
  await drawer.getByLabel('Reason').fill('He read the list again and disputes line 2.');
  await drawer.getByRole('button', { name: 'Take back' }).click();
  await party.waitFor({ state: 'detached' });
  const [first, second] = (await signing()).items.toSorted((a, b) => b.role.localeCompare(a.role));
  t.ok(first!.withdrawnAt, 'the party’s is taken back');
  t.equal(second!.withdrawnAt, null, 'the officer’s stands');

  t.comment('and refuses: the words are printed in its place');
  await hands.getByRole('button', { name: 'Sign', exact: true }).click();
  await page.locator('#sign-name').fill('王某');
  await page.locator('#sign-capacity').fill('Site manager');
  await page.locator('.ant-drawer-title').click();
  await drawer.getByRole('switch', { name: 'The party refuses to sign' }).click();
  const note = drawer.getByRole('button', { name: 'Note the refusal' });
  t.equal(await note.isDisabled(), true, 'not without saying how');
  await page.locator('#sign-note').fill('当事人核对后拒绝签名，未说明理由，已全程录像。');
  await look('sign-refusal');
  await checkAxe();
  await note.click();
  await hands.getByText('Refused').waitFor();
  const standing = (await signing()).items.filter(({ withdrawnAt }) => !withdrawnAt);
  t.match(
    standing.find(({ role }) => role === 'party'),
    { name: '王某', refusalNote: /拒绝签名/ },
  );
});
