import type { DomainEvent, TxCtx } from '../../context.ts';
import type { InspectionEnded } from '../inspections/index.ts';
import { moveAll } from './move.ts';
import { AT_SCENE, LEFT } from './rules.ts';
import { linesAtScene } from './store.ts';

const LINES = 500;

/**
 * When the officers leave, what they neither took nor sealed stays with the party: from the scene to the site, so that
 * nothing stands at a scene that is none any more. A later measure takes it from there.
 */
export async function onInspectionEnded(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { inspectionId, at } = event as InspectionEnded;
  const lines = await linesAtScene(tx, inspectionId);
  const subject = { kind: 'inspection', id: inspectionId };
  for (let first = 0; first < lines.length; first += LINES) {
    const batch = lines.slice(first, first + LINES);
    await moveAll(tx, { from: AT_SCENE, to: LEFT, cause: 'inspection.end', subject, lines: batch, at });
  }
}
