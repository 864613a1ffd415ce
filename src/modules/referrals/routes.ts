import { z } from 'zod';
import type { Routes } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { IdParams } from '../../shared/schemas.ts';
import { recordRoutes } from '../records/index.ts';
import { clueNoticeAmendment, transferAmendment } from './amendment.ts';
import { copyToProcuratorate, deliverTransfer } from './deliver-transfer.ts';
import { draftClueNotice, submitClueNotice } from './draft-clue-notice.ts';
import { enclose, removeEnclosure } from './enclose.ts';
import { acknowledgeTransfer, recordPoliceDecision } from './police-answer.ts';
import { proposeTransfer } from './propose-transfer.ts';
import { getClueNotice, listClueNotices } from './queries.ts';
import * as s from './schemas.ts';
import { acknowledgeClueNotice, concludeClueNotice, sendClueNotice } from './send-clue-notice.ts';
import { getTransfer, listTransfers } from './transfer-queries.ts';

/** Clue notices and transfers to the police. */
export const referralRoutes: Routes = (app) => {
  clueNotices(app);
  transfers(app);
  enclosures(app);
  recordRoutes(app, clueNoticeAmendment);
  recordRoutes(app, transferAmendment);
};

const notice = { params: IdParams, response: { 200: s.ClueNoticeView } };
const transfer = { params: IdParams, response: { 200: s.TransferView } };

const clueNotices: Routes = (app) => {
  app.post(
    '/api/clue-notices',
    {
      config: { permission: 'clue_notice.draft' },
      schema: { body: s.DraftClueNoticeBody, response: { 201: s.ClueNoticeView } },
    },
    async (req, reply) => reply.code(201).send(await draftClueNotice(req.ctx, req.body)),
  );
  app.get(
    '/api/clue-notices',
    {
      config: {
        permission: 'clue_notice.read',
        sheet: { kind: 'clue_notice', columns: s.CLUE_NOTICE_COLUMNS },
      },
      schema: { querystring: s.ClueNoticeFilter, response: { 200: pageOf(s.ClueNoticeListItem) } },
    },
    (req) => listClueNotices(req.ctx, req.query),
  );
  app.get('/api/clue-notices/:id', { config: { permission: 'clue_notice.read' }, schema: notice }, (req) =>
    getClueNotice(req.ctx, req.params.id),
  );
  app.post(
    '/api/clue-notices/:id/submit',
    { config: { permission: 'clue_notice.submit' }, schema: notice },
    (req) => submitClueNotice(req.ctx, req.params.id),
  );
  app.post(
    '/api/clue-notices/:id/send',
    { config: { permission: 'clue_notice.send' }, schema: { ...notice, body: s.SendClueNoticeBody } },
    (req) => sendClueNotice(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/clue-notices/:id/acknowledge',
    { config: { permission: 'clue_notice.acknowledge' }, schema: { ...notice, body: s.AcknowledgeBody } },
    (req) => acknowledgeClueNotice(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/clue-notices/:id/conclude',
    { config: { permission: 'clue_notice.conclude' }, schema: { ...notice, body: s.ConcludeClueNoticeBody } },
    (req) => concludeClueNotice(req.ctx, req.params.id, req.body),
  );
};

const transfers: Routes = (app) => {
  app.post(
    '/api/transfers',
    {
      config: { permission: 'transfer.propose' },
      schema: { body: s.ProposeTransferBody, response: { 201: s.TransferView } },
    },
    async (req, reply) => reply.code(201).send(await proposeTransfer(req.ctx, req.body)),
  );
  app.get(
    '/api/transfers',
    {
      config: { permission: 'transfer.read', sheet: { kind: 'transfer', columns: s.TRANSFER_COLUMNS } },
      schema: { querystring: s.TransferFilter, response: { 200: pageOf(s.TransferListItem) } },
    },
    (req) => listTransfers(req.ctx, req.query),
  );
  app.get('/api/transfers/:id', { config: { permission: 'transfer.read' }, schema: transfer }, (req) =>
    getTransfer(req.ctx, req.params.id),
  );
  app.post(
    '/api/transfers/:id/deliver',
    { config: { permission: 'transfer.deliver' }, schema: { ...transfer, body: s.DeliverTransferBody } },
    (req) => deliverTransfer(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/transfers/:id/copy-to-procuratorate',
    {
      config: { permission: 'transfer.copy_to_procuratorate' },
      schema: { ...transfer, body: s.CopyToProcuratorateBody },
    },
    (req) => copyToProcuratorate(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/transfers/:id/acknowledge',
    { config: { permission: 'transfer.acknowledge' }, schema: { ...transfer, body: s.AcknowledgeBody } },
    (req) => acknowledgeTransfer(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/transfers/:id/police-decision',
    {
      config: { permission: 'transfer.police_decision' },
      schema: { ...transfer, body: s.PoliceDecisionBody },
    },
    (req) => recordPoliceDecision(req.ctx, req.params.id, req.body),
  );
};

const enclosures: Routes = (app) => {
  app.post(
    '/api/transfers/:id/enclosures',
    { config: { permission: 'transfer.enclose' }, schema: { ...transfer, body: s.EncloseBody } },
    (req) => enclose(req.ctx, req.params.id, req.body),
  );
  app.delete(
    '/api/transfers/:id/enclosures/:enclosureId',
    {
      config: { permission: 'transfer.enclose' },
      schema: { ...transfer, params: IdParams.extend({ enclosureId: z.uuid() }) },
    },
    (req) => removeEnclosure(req.ctx, req.params.id, req.params.enclosureId),
  );
};
