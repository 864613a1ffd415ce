import t from 'tap';
import { randomUUID } from 'node:crypto';
import { testApp } from '../app.ts';
import { filedCase, must, proposedCase, verifiedSource } from '../given/cases.ts';
import { foundItems, inspectionUnderWay } from '../given/raid.ts';
import { approvedTransfer, draftedNotice, proposedTransfer } from '../given/referrals.ts';

type Seen = { allowedActions: { action: string; allowed: boolean; code?: string }[] };

t.test('void is offered only where it is not refused, with the very code of the refusal', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const inspection = await inspectionUnderWay(app);
  await foundItems(app, inspection.id);
  const paths = [
    [`/api/cases/${(await filedCase(app)).id}`, 'case.filed_not_void'],
    [`/api/cases/${(await proposedCase(app)).id}`, 'case.approval_waiting'],
    [`/api/clue-notices/${(await draftedNotice(app)).id}`, 'clue_notice.already_submitted'],
    [`/api/transfers/${(await proposedTransfer(app)).id}`, 'transfer.approval_waiting'],
    [`/api/inspections/${inspection.id}`, 'inspection.in_use'],
  ] as const;
  for (const [path, code] of paths) {
    const { allowedActions } = await must<Seen>(officer.get(path));
    t.match(
      allowedActions.find(({ action }) => action === 'void'),
      { allowed: false, code },
      path,
    );
    t.match(await officer.post(`${path}/void`, { reason: '误录入' }), { status: 409, body: { code } }, path);
  }
});

t.test('a party that something live names is not voided', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id, partyId } = await verifiedSource(app);
  const voided = () => officer.post(`/api/parties/${partyId}/void`, { reason: '误录入' });
  t.match(await voided(), { status: 409, body: { code: 'party.in_use' } });
  await must(officer.post(`/api/sources/${id}/void`, { reason: '误录入' }));
  t.match(await voided(), { status: 200 });
});

t.test('an enclosure that was delivered is not taken out again', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await approvedTransfer(app);
  const frozen = { id: randomUUID(), transferId: id, item: 2, title: '调查报告', sha256: 'a'.repeat(64) };
  const row = { ...frozen, createdAt: new Date('2024-02-05T02:00:00Z') };
  await app.owner.insertInto('transferAttachments').values(row).execute();
  t.equal((await officer.delete(`/api/transfers/${id}/enclosures/${frozen.id}`)).status, 404);
});
