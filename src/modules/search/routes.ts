import { z } from 'zod';
import type { Routes } from '../../context.ts';
import { search } from './queries.ts';
import { Hit, SearchQuery } from './schemas.ts';

/** One box for everything; each kind is found by whoever may read it. */
export const searchRoutes: Routes = (app) => {
  app.get(
    '/api/search',
    {
      config: { permission: 'session' },
      schema: { querystring: SearchQuery, response: { 200: z.object({ items: z.array(Hit) }) } },
    },
    (req) => search(req.ctx, req.query),
  );
};
