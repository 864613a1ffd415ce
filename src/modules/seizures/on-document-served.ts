import type { DomainEvent, TxCtx } from '../../context.ts';
import { dayOf, isDay } from '../../shared/clock.ts';
import { interruptClocks } from '../deadlines/index.ts';
import type { DocumentServed } from '../services/index.ts';

/** 检测/检验/检疫/鉴定期间告知书 (form #31). */
const PERIOD_NOTICE = 'test-period-notice';

/**
 * The notice of a testing period has been served on the party: from that alone its days do not count, neither in the
 * seizure it is about (K23, ACL 25(3)) nor in the limits of its source and its case (CXGD 18(2), 64(2)).
 */
export async function onDocumentServed(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { documentId, servedOn } = event as DocumentServed;
  const paper = await tx.db
    .selectFrom('documents')
    .innerJoin('measures', 'measures.id', 'documents.subjectId')
    .select(['documents.kind', 'documents.data', 'measures.id', 'measures.caseId', 'measures.sourceId'])
    .where('documents.id', '=', documentId)
    .where('documents.kind', '=', PERIOD_NOTICE)
    .where('documents.subjectKind', '=', 'measure')
    .where('documents.state', '=', 'issued')
    .where('documents.bureauId', '=', tx.actor.bureauId)
    .executeTakeFirst();
  if (!paper || servedOn > dayOf(tx.now)) return;
  const { periodFrom: from, periodTo: to } = paper.data as Record<string, unknown>;
  if (typeof from !== 'string' || typeof to !== 'string' || !isDay(from) || !isDay(to)) return;
  const cases = await tx.db
    .selectFrom('cases')
    .select('id')
    .where((eb) => (paper.caseId ? eb('id', '=', paper.caseId) : eb('sourceId', '=', paper.sourceId)))
    .where('voidedAt', 'is', null)
    .execute();
  await interruptClocks(tx, {
    cause: 'testing',
    origin: { kind: 'document', id: documentId },
    subjects: [
      { kind: 'measure', id: paper.id },
      ...(paper.sourceId ? [{ kind: 'source', id: paper.sourceId }] : []),
      ...cases.map(({ id }) => ({ kind: 'case', id })),
    ],
    from,
    to,
    ground: 'clock.ground.test_period',
    served: { kind: paper.kind, documentId },
  });
}
