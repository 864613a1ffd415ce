import { useEffect, useState } from 'react';

/** Well below the time after which a session that nobody uses ends. */
const IDLE_MS = 10 * 60_000;

/**
 * Whether somebody sits here: a screen that asks by itself would keep a session alive that has been left, so it stops
 * asking until there is a key or a touch again.
 */
export function useAttended(): boolean {
  const [attended, setAttended] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const seen = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => setAttended(false), IDLE_MS);
      setAttended(true);
    };
    seen();
    const signs = ['keydown', 'pointerdown', 'wheel'] as const;
    for (const sign of signs) addEventListener(sign, seen, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of signs) removeEventListener(sign, seen);
    };
  }, []);
  return attended;
}
