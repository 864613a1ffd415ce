import type { Test } from 'tap';
import { buildApp } from '../../src/app.ts';
import type { App } from '../../src/context.ts';
import type { TestApp } from '../app.ts';

/** The product with routes of the test's own beside its real ones, on the same database and log; answers its address. */
export async function serveWith(t: Test, { deps }: TestApp, add: (app: App) => void): Promise<string> {
  const app = await buildApp(deps);
  add(app);
  t.teardown(() => app.close());
  return app.listen({ host: '127.0.0.1', port: 0 });
}

/** What an answer of the product looks like when it refuses. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: { field: string; code: string; message: string }[];
};
