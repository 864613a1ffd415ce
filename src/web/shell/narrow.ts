import { useSyncExternalStore } from 'react';

const query = matchMedia('(max-width: 767px)');

const subscribe = (changed: () => void): (() => void) => {
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
};

/** Whether the screen is that of a phone. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => query.matches);
