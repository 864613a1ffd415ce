import type { TxCtx } from '../../context.ts';

/** A text is written where those read it who may not know who reported: the tip refuses one that says so. */
export type TextLeaves = {
  type: 'text.leaves';
  tipId: string;
  /** Text by the field of the request it came in. */
  fields: Record<string, string>;
};

/** Every text in a body by its path (`lines.0.reason`), however deep it lies. */
function textsIn(value: unknown, path = ''): Record<string, string> {
  if (typeof value === 'string') return { [path]: value };
  if (typeof value !== 'object' || value === null) return {};
  const parts = Object.entries(value).map(([key, part]) =>
    textsIn(part, path === '' ? key : `${path}.${key}`),
  );
  return Object.assign({}, ...parts) as Record<string, string>;
}

/**
 * To be called by every writer of text into a source, or into what hangs on one. 422 `tip.names_reporter`, each field
 * named, where it came from a tip and the text gives the reporter away.
 */
export async function textLeaves(
  tx: TxCtx,
  sourceId: string,
  fields: Record<string, unknown>,
): Promise<void> {
  const source = await tx.db
    .selectFrom('sources')
    .select('tipId')
    .where('id', '=', sourceId)
    .executeTakeFirstOrThrow();
  if (source.tipId === null) return;
  const event: TextLeaves = { type: 'text.leaves', tipId: source.tipId, fields: textsIn(fields) };
  await tx.react(tx, event);
}

/** As `textLeaves`, for the columns an amendment has changed. */
export const amendedTextLeaves = (
  tx: TxCtx,
  sourceId: string,
  { before, after }: Record<'before' | 'after', Record<string, unknown>>,
): Promise<void> => {
  const changed = Object.keys(after).filter((column) => before[column] !== after[column]);
  return textLeaves(
    tx,
    sourceId,
    Object.fromEntries(changed.map((column) => [`changes.${column}`, after[column]])),
  );
};
