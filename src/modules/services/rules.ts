import { type Day, dayOf, parseInstant } from '../../shared/clock.ts';
import { type FieldError, unprocessable } from '../../shared/errors.ts';
import type { ServeInput, ServiceWay } from './schemas.ts';

const CXGD = '《市场监督管理行政处罚程序规定》';

/** The article of each way. */
export const WAY_ARTICLES: Record<ServiceWay, string> = {
  direct: `${CXGD}第八十二条第一项`,
  left: `${CXGD}第八十二条第二项`,
  electronic: `${CXGD}第八十二条第三项`,
  post: `${CXGD}第八十二条第四项`,
  entrusted: `${CXGD}第八十二条第四项`,
  forwarded: `${CXGD}第八十二条第四项`,
  public_notice: `${CXGD}第八十二条第五项`,
};

type Field = keyof ServeInput;

/** What each way cannot do without. */
const NEEDED: Record<ServiceWay, readonly Field[]> = {
  direct: ['servedOn', 'place', 'receiver', 'receiverRole'],
  left: ['servedOn', 'place', 'refusal'],
  electronic: ['confirmedAddress', 'reachedAt'],
  post: ['servedOn', 'trackingNumber'],
  entrusted: ['servedOn', 'carrier', 'receiver'],
  forwarded: ['servedOn', 'carrier', 'receiver'],
  public_notice: ['postedOn', 'postedWhere', 'noticeReason'],
};

/** The day a service rests on; of a public notice the day it was posted, from which its own limit runs. */
export type ServedDay = { on: Day; isDeemed: boolean };

/**
 * What CXGD 82 and 83 ask of a way, and the day it yields; null for an attempt that failed. 422 `service.incomplete`,
 * each missing field named: left without a witness is filmed, an electronic one rests on a signed confirmation.
 */
export function servedDay(body: ServeInput, today: Day): ServedDay | null {
  if (body.failedReason !== undefined) return null;
  const errors: FieldError[] = NEEDED[body.way]
    .filter((field) => body[field] === undefined)
    .map((field) => ({ field, code: 'field.required' }));
  if (body.way === 'left' && body.witness === undefined && !body.isFilmed)
    errors.push({ field: 'witness', code: 'service.witness_or_film' });
  const on = dayIn(body);
  if (on !== undefined && on > today) errors.push({ field: dayField(body.way), code: 'field.future' });
  if (errors.length > 0)
    throw unprocessable('service.incomplete', { article: WAY_ARTICLES[body.way] }, errors);
  return { on: on!, isDeemed: body.way === 'public_notice' };
}

const dayField = (way: ServiceWay): Field =>
  way === 'electronic' ? 'reachedAt' : way === 'public_notice' ? 'postedOn' : 'servedOn';

function dayIn(body: ServeInput): Day | undefined {
  if (body.way === 'electronic')
    return body.reachedAt === undefined ? undefined : dayOf(parseInstant(body.reachedAt));
  return body.way === 'public_notice' ? body.postedOn : body.servedOn;
}

/** 422 `service.too_early` where a paper would be served before it was made. */
export function requireNotBefore({ on }: ServedDay, madeOn: Day, way: ServiceWay): void {
  const params = { day: madeOn };
  if (on < madeOn)
    throw unprocessable('service.too_early', params, [
      { field: dayField(way), code: 'service.too_early', params },
    ]);
}
