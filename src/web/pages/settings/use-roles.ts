import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/hooks.ts';
import type { Choice } from '../../components/fields.ts';

/** The roles somebody of this house can hold, as choices; and the name of each. */
export function useRoles(enabled = true) {
  const { i18n } = useTranslation();
  const { data } = useApi('/api/roles', { enabled, staleTime: 60_000 });
  const nameOf = ({ nameZh, nameEn }: { nameZh: string; nameEn: string }): string =>
    i18n.language === 'en' ? nameEn : nameZh;
  const items = data?.items ?? [];
  const options: Choice[] = items.map((role) => ({ value: role.key, label: nameOf(role) }));
  const names = new Map(items.map((role) => [role.key, nameOf(role)]));
  return { items, options, names, nameOf };
}
