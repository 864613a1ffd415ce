/**
 * Half-typed work, kept in this tab until it is sent: it survives a reload, a lost line and an ended session. Not
 * longer than the tab, and not past a log-out: it may hold who reported.
 */
const PREFIX = 'shian.draft.';

/** The draft kept under `key`; undefined where there is none. */
export function readDraft<T>(key: string): T | undefined {
  const text = sessionStorage.getItem(PREFIX + key);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    sessionStorage.removeItem(PREFIX + key);
    return undefined;
  }
}

/** Keeps a draft; a full store keeps what it had. */
export function keepDraft(key: string, values: unknown): void {
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(values));
  } catch {
    // Nothing is lost on the screen itself.
  }
}

export const dropDraft = (key: string): void => sessionStorage.removeItem(PREFIX + key);

/** Forgets every draft of this tab. */
export function dropDrafts(): void {
  const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
  for (const key of keys) sessionStorage.removeItem(key);
}
