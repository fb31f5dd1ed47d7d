import type * as z from 'zod/mini';
import { IDEMPOTENCY_KEY_HEADER } from '../../../contracts/headers';
import type { ResponseOf, ROUTES } from '../../../contracts/http';
import { bearer, call, post, queryOf } from '../../api';
import type { Asked } from './asked';

type RequestOf<Name extends 'refundOrder' | 'resendMail'> = z.input<(typeof ROUTES)[Name]['body']>;
export type RefundRequest = RequestOf<'refundOrder'>;
export type ResendMailRequest = RequestOf<'resendMail'>;

export function searchOrders(asked: Asked, token: string, cursor?: string): Promise<ResponseOf<'searchOrders'>> {
  return call(`/api/operators/orders?${queryOf({ ...asked, cursor })}`, { headers: bearer(token) });
}

export function listAttention(token: string, cursor?: string): Promise<ResponseOf<'listAttention'>> {
  return call(`/api/operators/attention?${queryOf({ cursor })}`, { headers: bearer(token) });
}

export function showOrder(orderId: string, token: string): Promise<ResponseOf<'showOrder'>> {
  return call(addressOf(orderId), { headers: bearer(token) });
}

/** Asked again with the same key and body, the shop refunds nothing twice. */
export function refundOrder(orderId: string, body: RefundRequest, idempotencyKey: string, token: string): Promise<ResponseOf<'refundOrder'>> {
  return call(`${addressOf(orderId)}/refunds`, post(body, { ...bearer(token), [IDEMPOTENCY_KEY_HEADER]: idempotencyKey }));
}

export function retryOrder(orderId: string, reason: string, token: string): Promise<ResponseOf<'retryOrder'>> {
  return call(`${addressOf(orderId)}/retry`, post({ reason }, bearer(token)));
}

export function resendMail(orderId: string, body: ResendMailRequest, token: string): Promise<ResponseOf<'resendMail'>> {
  return call(`${addressOf(orderId)}/mails`, post(body, bearer(token)));
}

export function attendOrder(orderId: string, note: string, token: string): Promise<ResponseOf<'attendOrder'>> {
  return call(`${addressOf(orderId)}/attend`, post({ note }, bearer(token)));
}

const addressOf = (orderId: string): string => `/api/operators/orders/${encodeURIComponent(orderId)}`;
