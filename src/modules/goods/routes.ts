import { z } from 'zod';
import type { Routes } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { IdParams } from '../../shared/schemas.ts';
import { recordRoutes } from '../records/index.ts';
import { goodsAmendment } from './amendment.ts';
import { correctLedger } from './correct-ledger.ts';
import { leaveOnSite, takeByPolice } from './place-on-site.ts';
import { listGoods } from './list-goods.ts';
import { GOODS_COLUMNS, GoodsFilter, GoodsRow } from './list-schemas.ts';
import { getItem, listMovements } from './item-queries.ts';
import { caseValue, listCaseGoods, listInspectionItems, listMeasureItems } from './queries.ts';
import { recordInspectionItems } from './record-items.ts';
import * as s from './schemas.ts';
import { setPrice } from './set-price.ts';

/** Goods: what was found, what it is worth, where it is. */
export const goodsRoutes: Routes = (app) => {
  foundRoutes(app);
  itemRoutes(app);
  readRoutes(app);
  recordRoutes(app, goodsAmendment);
};

const list = { 200: s.ItemList };

const foundRoutes: Routes = (app) => {
  app.post(
    '/api/inspections/:id/items',
    {
      config: { permission: 'goods.record' },
      schema: { params: IdParams, body: s.RecordItemsBody, response: { 201: s.ItemList } },
    },
    async (req, reply) => reply.code(201).send(await recordInspectionItems(req.ctx, req.params.id, req.body)),
  );
  app.get(
    '/api/inspections/:id/items',
    {
      config: { permission: 'goods.read' },
      schema: { params: IdParams, querystring: s.GoodsPageQuery, response: list },
    },
    (req) => listInspectionItems(req.ctx, req.params.id, req.query),
  );
  app.post(
    '/api/inspections/:id/items/taken-by-police',
    {
      config: { permission: 'goods.take_by_police' },
      schema: { params: IdParams, body: s.MoveLinesBody, response: list },
    },
    (req) => takeByPolice(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/inspections/:id/items/left-on-site',
    {
      config: { permission: 'goods.leave_on_site' },
      schema: { params: IdParams, body: s.MoveLinesBody, response: list },
    },
    (req) => leaveOnSite(req.ctx, req.params.id, req.body),
  );
};

const itemRoutes: Routes = (app) => {
  app.post(
    '/api/goods/:id/price',
    {
      config: { permission: 'goods.price' },
      schema: { params: IdParams, body: s.PriceBody, response: { 200: s.ItemView } },
    },
    (req) => setPrice(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/goods/:id/corrections',
    {
      config: { permission: 'goods.correct' },
      schema: { params: IdParams, body: s.CorrectionBody, response: { 200: s.ItemView } },
    },
    (req) => correctLedger(req.ctx, req.params.id, req.body),
  );
};

const readRoutes: Routes = (app) => {
  app.get(
    '/api/goods',
    {
      config: { permission: 'goods.read', sheet: { kind: 'goods', columns: GOODS_COLUMNS } },
      schema: { querystring: GoodsFilter, response: { 200: pageOf(GoodsRow) } },
    },
    (req) => listGoods(req.ctx, req.query),
  );
  app.get(
    '/api/goods/:id',
    {
      config: { permission: 'goods.read' },
      schema: { params: IdParams, response: { 200: s.GoodsView } },
    },
    (req) => getItem(req.ctx, req.params.id),
  );
  app.get(
    '/api/goods/:id/movements',
    {
      config: { permission: 'goods.read' },
      schema: { params: IdParams, response: { 200: z.object({ items: z.array(s.MovementView) }) } },
    },
    (req) => listMovements(req.ctx, req.params.id),
  );
  app.get(
    '/api/measures/:id/items',
    {
      config: { permission: 'goods.read' },
      schema: { params: IdParams, querystring: s.GoodsPageQuery, response: list },
    },
    (req) => listMeasureItems(req.ctx, req.params.id, req.query),
  );
  app.get(
    '/api/cases/:id/goods',
    {
      config: { permission: 'goods.read' },
      schema: { params: IdParams, response: { 200: z.object({ items: z.array(s.ItemView) }) } },
    },
    (req) => listCaseGoods(req.ctx, req.params.id),
  );
  app.get(
    '/api/cases/:id/value',
    {
      config: { permission: 'case.read_value' },
      schema: { params: IdParams, querystring: s.ValueQuery, response: { 200: s.ValueView } },
    },
    (req) => caseValue(req.ctx, req.params.id, req.query),
  );
};
