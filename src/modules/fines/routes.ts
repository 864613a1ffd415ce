import { z } from 'zod';
import type { Routes } from '../../context.ts';
import { fineAnswer, fineLines } from './answer.ts';
import * as s from './schemas.ts';
import { thresholdAnswer } from './threshold.ts';

/** The calculators: fines and filing standards without any case. */
export const fineRoutes: Routes = (app) => {
  app.get(
    '/api/fines',
    {
      config: { permission: 'session' },
      schema: { response: { 200: z.object({ items: z.array(s.FineLine) }) } },
    },
    async (req) => ({ items: fineLines(req.ctx.locale) }),
  );
  app.get(
    '/api/fines/:rule',
    {
      config: { permission: 'session' },
      schema: { params: s.FineParams, querystring: s.FineQuery, response: { 200: s.FineAnswer } },
    },
    async (req) => fineAnswer({ ...req.params, ...req.query }, req.ctx.locale),
  );
  app.get(
    '/api/crime-threshold',
    {
      config: { permission: 'session' },
      schema: { querystring: s.ThresholdQuery, response: { 200: s.ThresholdAnswer } },
    },
    async (req) => thresholdAnswer(req.query, req.ctx.locale),
  );
};
