import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';

/** Far more than the product's own texts; lists of varying length make one for each length. */
const MOST_NAMES = 500;

/** The name of a statement worth preparing, the same in every connection; undefined for the others. */
function makeNames(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    // What answers whole rows would fail from the moment a migration adds a column to them.
    if (known || names.size >= MOST_NAMES || text.includes('*')) return known;
    const name = `s${names.size}`;
    names.set(text, name);
    return name;
  };
}

/**
 * The pool as Kysely is to see it: a connection parses and plans a statement once, which is a third of what
 * PostgreSQL does for one. Statements without parameters and those that answer `*` stay as they are.
 */
export function prepared(pool: pg.Pool): PostgresPool {
  const nameOf = makeNames();
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const wrap = (client: pg.PoolClient): PostgresPoolClient => {
    const query = (text: string, parameters: readonly unknown[]) => {
      const values = [...parameters];
      const name = values.length > 0 ? nameOf(text) : undefined;
      return name ? client.query({ name, text, values }) : client.query(text, values);
    };
    const { processID } = client as { processID?: number };
    return {
      // Kysely asks with text alone where no cursor is configured.
      query: query as unknown as PostgresPoolClient['query'],
      release: (destroy) => client.release(destroy),
      ...(processID === undefined ? {} : { processID }),
    };
  };
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect();
      // Kysely knows a connection again by its client.
      const known = wrapped.get(client) ?? wrap(client);
      wrapped.set(client, known);
      return known;
    },
  };
}
