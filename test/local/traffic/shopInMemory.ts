import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { Click, ClickBatch } from '../../../contracts/click';
import { SubmitOrderRequest } from '../../../contracts/order';
import { PROBLEMS, PROBLEM_MEDIA_TYPE, problemType, type ProblemCode } from '../../../contracts/problem';
import { ListProductsQuery, Product } from '../../../contracts/product';
import { QuoteRequest } from '../../../contracts/quote';
import { RecommendationsQuery } from '../../../contracts/recommendation';
import { SearchQuery, SuggestionsQuery } from '../../../contracts/search';
import catalogue from '../../../lambdas/catalog/data/products.json';
import { PaymentSandbox } from '../../../local/payment/paymentSandbox';
import { memoryStore } from '../../../local/sandbox/store';
import type { Ask } from '../../../local/traffic/requests';

const PUBLISHABLE_KEY = 'pk_test_traffic';
const SIGN_IN = ['/login', '/signup', '/oauth2/token'];
const RECOMMENDED = 6;

export const products = catalogue.map((product) => Product.parse({ active: true, version: 1, updatedAt: '2026-11-27T08:00:00.000Z', ...product }));
const none = { amount: 0, currency: 'EUR' };
const totals = { subtotal: none, shipping: none, taxBasisPoints: 1900, tax: none, total: none };

/** A click as it was taken, with the token it came with. */
export type TakenClick = Click & { readonly token: string | undefined };

/** The shop, its sign-in pages and its payment provider as far as visitors ask them; it judges what it is sent by the contracts. */
export class ShopInMemory {
  /** Of the pages, of signing in and of paying: here they are one. */
  siteUrl = 'http://localhost:4801';
  readonly clicks: TakenClick[] = [];
  /** Each body that ordered, with its key. */
  readonly orders: { readonly key: string; readonly body: SubmitOrderRequest; readonly orderId: string }[] = [];
  /** Method and path of each request to the site. */
  readonly asked: string[] = [];
  /** What the site answers instead of what it would have, for the time being. */
  mishap?: (route: string, answer: () => Response) => Response | undefined;
  readonly #payment = new PaymentSandbox({ store: memoryStore() });
  readonly #quotes = new Map<string, object>();
  readonly #accounts = new Map<string, string>();

  constructor(private readonly of: { readonly search?: boolean; readonly scriptUrl?: string } = {}) {}

  get accounts(): number {
    return this.#accounts.size;
  }

  readonly ask: Ask = async (address, init = {}) => {
    const url = new URL(address);
    if (url.origin !== this.siteUrl) throw new Error(`A shopper went to ${address}`);
    if (url.pathname.startsWith('/v1/')) return this.#payment.fetch(new Request(address, init));
    if (SIGN_IN.includes(url.pathname)) return this.#signIn(url, new URLSearchParams(bodyOf(init)));
    const route = `${init.method ?? 'GET'} ${url.pathname}`;
    this.asked.push(route);
    const answer = (): Response => this.#answer(route, url, init);
    return this.mishap?.(route, answer) ?? answer();
  };

  #answer(route: string, { searchParams }: URL, init: RequestInit): Response {
    const query = Object.fromEntries(searchParams);
    const headers = new Headers(init.headers);
    const token = headers.get('authorization')?.replace('Bearer ', '');
    const [, , what = '', id = ''] = route.split('/');
    switch (what) {
      case 'products':
        return id === '' ? this.#list(ListProductsQuery.parse(query)) : found(products.find(({ productId }) => productId === id));
      case 'categories':
        return json({ categories: [{ name: 'Kitchen', products: 16 }] });
      case 'search':
        return id === '' ? this.#search(SearchQuery.parse(query)) : json({ suggestions: SuggestionsQuery.parse(query) && [] });
      case 'recommendations':
        return json({ recommendationId: randomUUID(), source: 'popular', items: RecommendationsQuery.parse(query) && products.slice(0, RECOMMENDED).map((product) => ({ product })) });
      case 'clicks': {
        const clicks = ClickBatch.parse(JSON.parse(bodyOf(init))).events.map((event) => ({ ...Click.parse(event), token }));
        this.clicks.push(...clicks);
        return json({ accepted: clicks.length, refused: [] }, 202);
      }
      case 'quotes':
        return this.#quote(QuoteRequest.parse(JSON.parse(bodyOf(init))));
      case 'orders':
        if (token === undefined) return json({ message: 'Unauthorized' }, 401);
        return route.startsWith('POST') && id === '' ? this.#order(headers.get('idempotency-key') ?? '', SubmitOrderRequest.parse(JSON.parse(bodyOf(init)))) : found(this.orders.map(orderOf).find(({ orderId }) => orderId === id));
      default:
        return json({ authority: `${this.siteUrl}/pool`, clientId: 'web', scope: 'openid shop/orders', signInUrl: this.siteUrl, region: 'us-east-1', search: this.of.search ?? true, payment: { scriptUrl: this.of.scriptUrl ?? `${this.siteUrl}/endive/stripe.js`, publishableKey: PUBLISHABLE_KEY } });
    }
  }

  #list({ category, limit, cursor = '0' }: ListProductsQuery): Response {
    const [listed, from] = [products.filter((product) => category === undefined || product.category === category), Number(cursor)];
    return json({ products: listed.slice(from, from + limit), nextCursor: from + limit < listed.length ? String(from + limit) : undefined });
  }

  #search({ q, limit }: SearchQuery): Response {
    const hits = products.filter(({ name }) => name.toLowerCase().includes(q)).map(({ stock, ...product }) => ({ ...product, inStock: stock > 0 }));
    return json({ products: hits.slice(0, limit), total: hits.length, facets: { categories: [], vendors: [], prices: [], inStock: hits.length } });
  }

  #quote({ lines, shippingCountry }: QuoteRequest): Response {
    const priced = lines.map((line) => ({ ...line, name: line.productId, unitPrice: none, lineTotal: none }));
    const quote = { quoteId: randomUUID(), lines: priced, shippingCountry, ...totals, createdAt: new Date().toISOString(), expiresAt: new Date(Date.now() + 900_000).toISOString() };
    this.#quotes.set(quote.quoteId, quote);
    return json(quote, 201);
  }

  #order(key: string, body: SubmitOrderRequest): Response {
    const known = this.orders.find((order) => order.key === key) ?? { key, body, orderId: v7() };
    if (!this.orders.includes(known)) this.orders.push(known);
    return json({ ...orderOf(known), ...this.#quotes.get(body.quoteId) }, 201);
  }

  #signIn({ pathname, searchParams }: URL, form: URLSearchParams): Response {
    if (pathname === '/oauth2/token') return json({ access_token: `token of ${form.get('code')}` });
    const page = (inputs: string): Response => new Response(`<form method="POST" action="${pathname}">${inputs}</form>`);
    const [username, password, code] = [form.get('username'), form.get('password'), form.get('code')];
    if (pathname === '/signup' && username) {
      this.#accounts.set(username, password ?? '');
      return page(`<input type="hidden" name="token" value="${username}"><p>the code is 123456.</p>`);
    }
    const who = pathname === '/login' && username !== null && this.#accounts.get(username) === password ? username : form.get('token');
    const isKnown = who !== null && (pathname === '/login' || code === '123456');
    return isKnown ? new Response(null, { status: 302, headers: { location: `${this.siteUrl}/?code=${who}` } }) : page(`<input type="hidden" name="client_id" value="${searchParams.get('client_id')}">`);
  }
}

/** Refuses as the shop does. */
export const refusal = (code: ProblemCode): Response => json({ type: problemType(code), title: PROBLEMS[code].title, status: PROBLEMS[code].status }, PROBLEMS[code].status, PROBLEM_MEDIA_TYPE);

const orderOf = ({ body, orderId }: ShopInMemory['orders'][number]) => {
  const at = new Date().toISOString();
  return { orderId, quoteId: body.quoteId, status: 'CONFIRMED', lines: [], ...totals, shippingAddress: body.shippingAddress, email: body.email, payment: { status: 'CAPTURED', captured: none, refunded: none }, timeline: [], createdAt: at, updatedAt: at, version: 1 };
};

const found = (answer: object | undefined): Response => (answer ? json(answer) : refusal('not-found'));

const json = (body: object, status = 200, type = 'application/json'): Response => new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });

const bodyOf = ({ body }: RequestInit): string => (body instanceof URLSearchParams ? body.toString() : typeof body === 'string' ? body : '{}');
