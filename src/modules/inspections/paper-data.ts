import type { Kysely } from 'kysely';
import type { DB } from '../../db/schema.ts';
import { formatInstant } from '../../shared/clock.ts';
import { conflict, notFound, unprocessable } from '../../shared/errors.ts';
import type { Vault } from '../../shared/vault.ts';
import { partyBlock } from '../parties/index.ts';
import { peopleOn } from './queries.ts';
import type { PersonView } from './schemas.ts';

/** What a paper is filled from: the database, and the vault for the identity number the form asks for. */
type From = { db: Kysely<DB>; vault: Vault };

/**
 * 现场笔录 (#9) of an ended inspection, in the order of the form. Nothing of a reporter stands in an inspection, so
 * nothing of one can come onto this paper. 404; 409 `inspection.not_ended`; 422 `inspection.party_missing`.
 */
export async function onsiteRecordPaper(
  from: From,
  bureauId: string,
  id: string,
): Promise<Record<string, unknown>> {
  const row = await from.db
    .selectFrom('inspections')
    .innerJoin('bureaus', 'bureaus.id', 'inspections.bureauId')
    .selectAll('inspections')
    .select('bureaus.name as bureauName')
    .where('inspections.id', '=', id)
    .where('inspections.bureauId', '=', bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  if (row.startedAt === null || row.endedAt === null)
    throw conflict('inspection.not_ended', { state: row.state });
  if (row.partyId === null) throw unprocessable('inspection.party_missing');
  const people = await peopleOn(from.db, id);
  return {
    from: formatInstant(row.startedAt),
    to: formatInstant(row.endedAt),
    place: row.place,
    inspectors: people
      .filter(({ side }) => side === 'bureau')
      .map(({ name, credential }) => ({ name, certificateNo: credential ?? '' })),
    party: await partyOf(from, bureauId, row.partyId),
    partyPresence: presence(row.partyNotified ?? '', people),
    agency: row.bureauName,
    subject: row.subjectMatter,
    findings: row.findings,
    readBack: 'checked',
    ...filled({
      answerSeen: row.idsShownAnswer,
      answerRecusal: row.rightsToldAnswer,
      measureNotice: row.measuresTold,
      partyStatement: row.partyStatement,
      answerTrue: row.closingAnswer,
      refusalNote: row.refusalNote,
    }),
  };
}

async function partyOf(from: From, bureauId: string, partyId: string): Promise<Record<string, unknown>> {
  const block = await partyBlock(from, bureauId, partyId);
  return filled({
    name: block.name,
    licenceName: block.certificateName,
    creditCode: block.uscc,
    address: block.address,
    representative: block.representative,
    idNumber: block.idNumber,
    phone: block.phone,
  });
}

const SIDE = { police: '在场公安人员', party: '当事人一方在场人员', witness: '见证人' } as const;

/** How the party was called, and who else was on the scene, named by side: each authority acted with its own powers. */
function presence(notified: string, people: readonly PersonView[]): string {
  const lines = (['party', 'police', 'witness'] as const).flatMap((side) => {
    const named = people.filter((person) => person.side === side).map(described);
    return named.length === 0 ? [] : [`${SIDE[side]}：${named.join('、')}。`];
  });
  return [notified, ...lines].filter((line) => line !== '').join('\n');
}

function described({ name, side, organisation, credential, role }: PersonView): string {
  const badge = side === 'police' && credential !== null ? `警号${credential}` : null;
  const about = [organisation, role, badge].filter((part) => part !== null);
  return about.length === 0 ? name : `${name}（${about.join('，')}）`;
}

/** Leaves out what is empty: a form's blank stays blank. */
const filled = (fields: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1])));
