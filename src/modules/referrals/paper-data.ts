import type { Kysely } from 'kysely';
import type { DB } from '../../db/schema.ts';
import type { Day } from '../../shared/clock.ts';
import { conflict, notFound } from '../../shared/errors.ts';
import { enclosedIn } from './enclosure-queries.ts';

/** The attachments of Order 310 art. 6 besides the letter itself, where nothing is enclosed under them yet. */
const BY_LAW = [
  '涉嫌犯罪案件情况的调查报告',
  '涉案物品清单',
  '有关检验报告或者鉴定结论',
  '其他有关涉嫌犯罪的材料',
];

/**
 * 涉嫌犯罪案件移送书 (#5) of an approved transfer, dated `day`, to the police with a copy to the procuratorate. Contact data are the
 * bureau's settings `contactPhone` and `contactAddress`. 404; 409 `transfer.not_approved`.
 */
export async function crimeTransferPaper(
  db: Kysely<DB>,
  bureauId: string,
  { id, day }: { id: string; day: Day },
): Promise<Record<string, unknown>> {
  const row = await db
    .selectFrom('transfers')
    .innerJoin('cases', 'cases.id', 'transfers.caseId')
    .innerJoin('bureaus', 'bureaus.id', 'transfers.bureauId')
    .selectAll('transfers')
    .select(['cases.title', 'bureaus.settings'])
    .where('transfers.id', '=', id)
    .where('transfers.bureauId', '=', bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  if (row.approvedAt === null) throw conflict('transfer.not_approved', { state: row.state });
  const contact = await db
    .selectFrom('users')
    .select('name')
    .where('id', '=', row.groupIds[0] ?? null)
    .executeTakeFirst();
  return {
    addressee: row.recipient,
    caseName: caseName(row.title),
    matter: 'case',
    contactPerson: contact?.name,
    ...contactOf(row.settings),
    attachments: await attachmentLines(db, id),
    issuedOn: day,
    procuratorate: row.procuratorate.replace(/人民检察院$/u, ''),
    copies: { total: 3, served: 2 },
  };
}

/** The form goes on with 一案. */
const caseName = (title: string): string => title.replace(/一?案$/u, '');

function contactOf(settings: unknown): Record<string, string> {
  const { contactPhone, contactAddress } = (settings ?? {}) as Record<string, unknown>;
  return {
    ...(typeof contactPhone === 'string' ? { contactPhone } : {}),
    ...(typeof contactAddress === 'string' ? { contactAddress } : {}),
  };
}

async function attachmentLines(db: Kysely<DB>, transferId: string): Promise<{ name: string }[]> {
  const enclosed = (await enclosedIn(db, transferId)).filter(({ item }) => item > 1);
  if (enclosed.length > 0) return enclosed.map(({ title }) => ({ name: title }));
  return BY_LAW.map((name) => ({ name }));
}
