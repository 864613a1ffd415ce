import { useApi } from '../api/hooks.ts';
import type { Choice } from './fields.ts';

type Named = { key: string; name: string };

/** The name of a key in one of the server's lists, the key itself until they are read. */
export const nameIn = (list: readonly Named[] | undefined, key: string | null | undefined): string =>
  key ? (list?.find((entry) => entry.key === key)?.name ?? key) : '';

/** Such a list as choices. */
export const choicesOf = (list: readonly Named[] = []): Choice[] =>
  list.map(({ key, name }) => ({ value: key, label: name }));

/** Channels, systems, categories and grounds: data of the product, in the language of the screens. */
export const useTipLists = () => useApi('/api/tips/lists', { staleTime: 600_000 }).data;
