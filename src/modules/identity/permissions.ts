import data from '../../data/roles.json' with { type: 'json' };

/** Whose people may hold a role: a bureau's or a laboratory's. */
export type Home = 'bureau' | 'laboratory';

/** A role that comes with the product: a bundle of permissions. */
export type BuiltInRole = {
  key: string;
  home: Home;
  nameZh: string;
  nameEn: string;
  permissions: readonly string[];
};

const bundles: Record<string, string[]> = data.bundles;

/** The roles of the domain, in its order. */
export const BUILT_IN_ROLES: readonly BuiltInRole[] = data.roles.map((role) => ({
  key: role.key,
  home: role.home as Home,
  nameZh: role.zh,
  nameEn: role.en,
  permissions: [...new Set([...role.uses.flatMap((name) => bundles[name] ?? []), ...role.permissions])],
}));

const BY_KEY = new Map(BUILT_IN_ROLES.map((role) => [role.key, role]));

/** Every permission there is: one that no role holds does not exist. */
export const ALL_PERMISSIONS: ReadonlySet<string> = new Set(
  BUILT_IN_ROLES.flatMap((role) => role.permissions),
);

/** What a bureau's people and machines may hold: not what a laboratory does with a sample. */
const OF_BUREAUS: ReadonlySet<string> = new Set(
  BUILT_IN_ROLES.filter((role) => role.home === 'bureau').flatMap((role) => role.permissions),
);

/** Whether somebody of a bureau may hold it. */
export const isOfBureaus = (permission: string): boolean => OF_BUREAUS.has(permission);

/** What a head may have decided in his place: never what he must do in person (K25), nor naming deputies itself. */
const LENT: readonly string[] = data.lent;

/** What a head with `head` lends somebody with `own`: nothing where the other may do it himself. */
export const lentOf = (head: ReadonlySet<string>, own: ReadonlySet<string>): string[] =>
  LENT.filter((permission) => head.has(permission) && !own.has(permission));

/** The built-in role of that key. */
export const builtInRole = (key: string): BuiltInRole | undefined => BY_KEY.get(key);

const known = new Map<string, ReadonlySet<string>>();

/**
 * The permissions of a person who holds the built-in roles among `roleKeys` and, of the bureau's own, `custom`: of
 * these only what a bureau's people may hold, whenever the role was made.
 */
export function permissionsOf(
  roleKeys: readonly string[],
  custom: readonly string[] = [],
): ReadonlySet<string> {
  const cacheKey = roleKeys.toSorted().join(' ');
  let builtIn = known.get(cacheKey);
  if (!builtIn) {
    builtIn = new Set(roleKeys.flatMap((key) => BY_KEY.get(key)?.permissions ?? []));
    // The combinations in use are few; custom keys in the name must not let the cache grow for ever.
    if (known.size < 1000) known.set(cacheKey, builtIn);
  }
  return custom.length === 0 ? builtIn : new Set([...builtIn, ...custom.filter(isOfBureaus)]);
}

// What only a person may do in person: decide, and hand out power.
const PERSONS_ONLY = new RegExp(
  `^(approval\\.(opine|decide|withdraw)|user\\.(create|amend|deactivate)|role\\.(create|amend)|api_key\\.(create|revoke)|bureau\\.amend)`,
);

/** Whether a machine with a key may hold it. */
export const fitForMachine = (permission: string): boolean =>
  isOfBureaus(permission) && !PERSONS_ONLY.test(permission);
