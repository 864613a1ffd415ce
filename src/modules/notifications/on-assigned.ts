import type { DomainEvent, TxCtx } from '../../context.ts';
import { peopleWith } from '../identity/index.ts';
import type { RecordAssigned } from '../records/index.ts';
import { notify } from './notify.ts';

/** Those who have it from now on; of a thing given to a unit alone, whoever hands it on there. */
async function newHolders(tx: TxCtx, { bureauId, subject, unitId, userIds, before }: RecordAssigned) {
  if (userIds.length > 0) return userIds.filter((id) => !before.includes(id));
  if (unitId === null) return [];
  const people = await peopleWith(tx.db, bureauId, `${subject.kind}.assign`);
  return people.filter((person) => person.unitId === unitId).map(({ id }) => id);
}

/** Whoever was given a thing hears of it. */
export async function onRecordAssigned(tx: TxCtx, event: DomainEvent): Promise<void> {
  const assigned = event as RecordAssigned;
  const { bureauId, subject } = assigned;
  const to = await newHolders(tx, assigned);
  const topic = `${subject.kind}:${subject.id}`;
  const at = tx.now.toISOString();
  await notify(tx, bureauId, [{ kind: 'record.assigned', params: {}, to, subject, topic, event: at }]);
}
