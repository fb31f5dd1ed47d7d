import type * as z from 'zod/mini';
import { IDEMPOTENCY_KEY_HEADER } from '../contracts/headers';
import type { ResponseOf, ROUTES } from '../contracts/http';
import type { Problem } from '../contracts/problem';
import type { Product } from '../contracts/product';
import type { Recommendations, RecommendationsQuery } from '../contracts/recommendation';
import type { SearchPage, SearchQuery, SuggestionList } from '../contracts/search';
import { noteAnswer } from './offline/connection';
import { patiently } from './patience';
import { Refused } from './refused';

export { Refused };

export type QuoteRequest = z.input<(typeof ROUTES)['createQuote']['body']>;
export type SearchRequest = z.input<typeof SearchQuery>;
export type RecommendationsRequest = z.input<typeof RecommendationsQuery>;
export type OrderRequest = z.input<(typeof ROUTES)['submitOrder']['body']>;

type CancelRequest = z.input<(typeof ROUTES)['cancelOrder']['body']>;

/** The name of a problem of the shop's own: `out-of-stock`. */
export function codeOf({ type }: Problem): string | undefined {
  return type.startsWith('/problems/') ? type.slice('/problems/'.length) : undefined;
}

/** GETs a list of products of one category. `cursor` is where the page before ended. */
export function listProducts(category: string, { cursor, limit }: { cursor?: string; limit?: number } = {}): Promise<ResponseOf<'listProducts'>> {
  return read(`/api/products?${queryOf({ category, cursor, limit: limit?.toString() })}`);
}

export function getProduct(productId: string): Promise<Product> {
  return read(`/api/products/${encodeURIComponent(productId)}`);
}

export function listCategories(): Promise<ResponseOf<'listCategories'>> {
  return read('/api/categories');
}

export function searchProducts(asked: SearchRequest): Promise<SearchPage> {
  return read(`/api/search?${queryOf(asked)}`);
}

export function suggestProducts(q: string): Promise<SuggestionList> {
  return call(`/api/search/suggestions?${queryOf({ q })}`);
}

/** For whoever is known by the token or by the anonymous id; `productId` is what they are looking at. */
export function getRecommendations(asked: RecommendationsRequest, token?: string): Promise<Recommendations> {
  return call(`/api/recommendations?${queryOf(asked)}`, token ? { headers: bearer(token) } : {});
}

export function createQuote(body: QuoteRequest): Promise<ResponseOf<'createQuote'>> {
  return call('/api/quotes', post(body));
}

/** Asked again with the same key and body, the shop answers with the same order. */
export function submitOrder(body: OrderRequest, idempotencyKey: string, token: string): Promise<ResponseOf<'submitOrder'>> {
  return call('/api/orders', post(body, { ...bearer(token), [IDEMPOTENCY_KEY_HEADER]: idempotencyKey }));
}

export function listOrders(token: string, cursor?: string): Promise<ResponseOf<'listOrders'>> {
  const query = new URLSearchParams({ ...(cursor && { cursor }) });
  return read(`/api/orders?${query.toString()}`, { headers: bearer(token) });
}

export function getOrder(orderId: string, token: string): Promise<ResponseOf<'getOrder'>> {
  return call(`/api/orders/${encodeURIComponent(orderId)}`, { headers: bearer(token) });
}

/** Answers with the order as it is then: cancelled, or about to be. Asking again changes nothing. */
export function cancelOrder(orderId: string, reason: string, token: string): Promise<ResponseOf<'cancelOrder'>> {
  const body: CancelRequest = reason ? { reason } : {};
  return call(`/api/orders/${encodeURIComponent(orderId)}/cancel`, post(body, bearer(token)));
}

/** From then on no session of theirs is renewed, on whatever device. */
export function signOutEverywhere(token: string): Promise<ResponseOf<'signOutEverywhere'>> {
  return call('/api/account/sign-out-everywhere', { method: 'POST', headers: bearer(token) });
}

/** What recommendations know of whoever is signed in, and of this browser by its anonymous id. */
export function getInterests(asked: { anonymousId?: string }, token: string): Promise<ResponseOf<'getInterests'>> {
  return call(`/api/account/interests?${queryOf(asked)}`, { headers: bearer(token) });
}

export function queryOf(asked: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(asked).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]]));
  return new URLSearchParams(given).toString();
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export function post(body: object, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** What is there to be read, asked for again when that fails in passing. What nobody waits for, or is asked for again anyway, is `call`ed. */
export const read = <T>(path: string, init: RequestInit = {}): Promise<T> => patiently((signal) => call<T>(path, { ...init, signal }));

export async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await ask(path, init);
  // The server has checked its answer against the contract this type comes from.
  const answer: T = await response.json().catch(unanswered);
  return answer;
}

/** Somewhat longer than API Gateway waits for the shop, in milliseconds: whatever has not come by then never comes. */
const TOO_LONG = 35_000;

/** @throws Refused */
export async function ask(path: string, init: RequestInit): Promise<Response> {
  const signals = [AbortSignal.timeout(TOO_LONG), ...(init.signal ? [init.signal] : [])];
  const response = await fetch(path, { ...init, signal: AbortSignal.any(signals) }).catch(unanswered);
  noteAnswer(response);
  if (!response.ok) throw new Refused({ ...(await problemOf(response)), ...retryAfterOf(response) });
  return response;
}

function unanswered(): never {
  throw new Refused({ type: 'about:blank', title: 'The shop does not answer', status: 0 });
}

/** CloudFront, its firewall and API Gateway refuse in forms of their own. */
async function problemOf(response: Response): Promise<Problem> {
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
    const problem: Problem = await response.json().catch(unanswered);
    return problem;
  }
  return { type: 'about:blank', title: response.status === 401 ? 'Sign in first' : 'The shop could not do that', status: response.status };
}

/** The shop and its firewall say seconds; throttling by API Gateway says nothing, and is over in a moment. */
export function retryAfterOf({ headers }: Response): { retryAfter?: number } {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isInteger(seconds) && seconds > 0 ? { retryAfter: seconds } : {};
}
