import { randomUUID } from 'node:crypto';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import { Interests, InterestsQuery, SignedOutEverywhere } from '../../contracts/account';
import { Click, ClickBatch, ClicksTaken } from '../../contracts/click';
import { CancelOrderRequest, type Order, OrderPage, SubmitOrderRequest } from '../../contracts/order';
import { OPERATORS_GROUP } from '../../contracts/operations';
import type { ProblemCode } from '../../contracts/problem';
import { Quote, QuoteRequest } from '../../contracts/quote';
import { Recommendations, RecommendationsQuery } from '../../contracts/recommendation';
import type { SiteConfig } from '../../contracts/site-config';
import { type RunningServer, serve } from '../support/http';
import { FakeOperators } from './fakeOperators';
import { FakeOrders } from './fakeOrders';
import type { FakePayment } from './fakePayment';
import { euros, products } from './fakeProducts';
import { FakeReports } from './fakeReports';
import { FakeSearch } from './fakeSearch';
import type { FakeSignIn } from './fakeSignIn';
import { refuse } from './refuse';
import { releasedHeaders } from './releasedHeaders';

type Trouble = 'lost' | 'never' | Response | undefined;

export interface FakeShop {
  readonly server: RunningServer;
  readonly orders: FakeOrders;
  /** Every attempt to order, answered or not: its Idempotency-Key and its body. */
  readonly attempts: string[];
  /** How attempts to order go wrong for the time being. */
  mishap?: 'answer lost' | ProblemCode;
  /** Who had all of their sessions ended. */
  readonly signedOut: string[];
  /** What comes in the way of an answer for the time being, by the path: none at all, none for ever, another one. */
  trouble?: (path: string) => Trouble | Promise<Trouble>;
  readonly search: FakeSearch;
  readonly reports: FakeReports;
  readonly operators: FakeOperators;
  /** Clicks as they were taken, each with the token it came with. */
  readonly clicks: (Click & { token?: string })[];
  /** What is recommended, whoever asks; without it the shop says that it cannot. */
  recommend?: (query: RecommendationsQuery) => Recommendations | Promise<Recommendations>;
}

/** The pages under the headers they are released with, and an API that keeps the contract, in memory. */
export async function fakeShop(directory: string, signIn: FakeSignIn, payment: FakePayment): Promise<FakeShop> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const quotes = new Map<string, Quote>();
  const answers = new Map<string, Order>();
  const shop: Omit<FakeShop, 'server'> = { orders: new FakeOrders(payment), attempts: [], signedOut: [], search: new FakeSearch(products), reports: new FakeReports(), operators: new FakeOperators(), clicks: [] };
  const customer = (context: Context) => signIn.tokens.get(context.req.header('authorization')?.replace('Bearer ', '') ?? '');

  const headers = releasedHeaders({ connectTo: [signIn.server.url.origin, payment.origin], payment: { scripts: [payment.origin], frames: [payment.origin] } });
  app.use(compress());
  app.use('/assets/*', async (context, next) => {
    await next();
    // As in the bucket, where the files have it and refusals do not.
    if (context.res.ok) context.header('cache-control', 'public, max-age=31536000, immutable');
  });
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
  });
  app.use(async (context, next) => {
    const trouble = await shop.trouble?.(context.req.path);
    if (trouble === undefined) return next();
    if (trouble === 'never') await new Promise(() => {});
    if (trouble === 'lost') context.env.incoming.socket.destroy();
    return trouble instanceof Response ? trouble : context.body(null);
  });
  app.get('/config.json', (context) => {
    const config: SiteConfig = {
      authority: signIn.authority,
      clientId: signIn.clientId,
      scope: 'openid email shop/orders',
      signInUrl: signIn.server.url.origin,
      region: 'us-east-1',
      search: shop.search.deployed,
      payment: { scriptUrl: payment.origin, publishableKey: payment.publishableKey },
    };
    return context.json(config);
  });
  app.get('/api/categories', (context) => context.json({ categories: [{ name: 'Coffee & tea', products: 1 }, { name: 'Kitchen', products: 2 }] }));
  app.get('/api/products', (context) => {
    const category = context.req.query('category');
    const found = products.filter((product) => !category || product.category === category);
    const from = Number(context.req.query('cursor') ?? 0);
    return context.json({ products: found.slice(from, from + 2), nextCursor: from + 2 < found.length ? String(from + 2) : undefined });
  });
  app.get('/api/products/:id', (context) => {
    const product = products.find(({ productId }) => productId === context.req.param('id'));
    return product ? context.json(product) : refuse('product-not-found');
  });
  app.post('/api/quotes', async (context) => {
    const request = QuoteRequest.parse(await context.req.json());
    const short = request.lines.findIndex(({ productId, quantity }) => quantity > (products.find((product) => product.productId === productId)?.stock ?? 0));
    if (short >= 0) return refuse('out-of-stock', [{ pointer: `#/lines/${short}/quantity`, detail: 'only 3 are left' }]);
    const quote = quoteFor(request);
    quotes.set(quote.quoteId, quote);
    return context.json(quote, 201);
  });
  app.post('/api/orders', async (context) => {
    const key = context.req.header('idempotency-key') ?? '';
    const body = await context.req.text();
    shop.attempts.push(`${key} ${body}`);
    const { mishap } = shop;
    if (mishap !== undefined && mishap !== 'answer lost') return refuse(mishap, mishap === 'invalid-body' ? [{ pointer: '#/shippingAddress/postalCode', detail: 'is not one of Germany' }] : []);
    if (!customer(context)) return context.json({ message: 'Unauthorized' }, 401);
    const request = SubmitOrderRequest.parse(JSON.parse(body));
    const quote = quotes.get(request.quoteId);
    if (!quote) return refuse('quote-not-found');
    const order = answers.get(key) ?? shop.orders.place(quote, request);
    answers.set(key, order);
    if (mishap === 'answer lost') context.env.incoming.socket.destroy();
    return context.json(order, 201);
  });
  app.get('/api/orders', (context) =>
    customer(context)
      ? context.json(pageOfOrders([...shop.orders.all.values()], Number(context.req.query('cursor') ?? 0)))
      : context.json({ message: 'Unauthorized' }, 401),
  );
  app.get('/api/orders/:id', async (context) => {
    if (!customer(context)) return context.json({ message: 'Unauthorized' }, 401);
    const order = await shop.orders.look(context.req.param('id'));
    return order ? context.json(order) : refuse('order-not-found');
  });
  app.post('/api/orders/:id/cancel', async (context) => {
    if (!customer(context)) return context.json({ message: 'Unauthorized' }, 401);
    const { reason } = CancelOrderRequest.parse(await context.req.json());
    const outcome = shop.orders.cancel(context.req.param('id'), reason);
    return typeof outcome === 'string' ? refuse(outcome) : context.json(outcome);
  });
  app.post('/api/account/sign-out-everywhere', (context) => {
    const sub = customer(context);
    if (!sub) return context.json({ message: 'Unauthorized' }, 401);
    shop.signedOut.push(sub);
    return context.json(SignedOutEverywhere.parse({ signedOut: true }));
  });
  app.get('/api/account/interests', (context) => {
    if (!customer(context)) return context.json({ message: 'Unauthorized' }, 401);
    const { anonymousId } = InterestsQuery.parse(context.req.query());
    const interest = { products: ['walnut-board'], keptUntil: '2026-12-26T10:00:00.000Z' };
    return context.json(Interests.parse({ interests: [{ of: 'account', ...interest }, ...(anonymousId ? [{ of: 'browser', ...interest }] : [])] }));
  });
  app.get('/api/search', (context) => {
    shop.search.asked.push(context.req.url);
    return shop.search.away ? refuse('try-again') : context.json(shop.search.find(context.req.query()));
  });
  app.get('/api/search/suggestions', (context) => {
    shop.search.asked.push(context.req.url);
    return shop.search.away ? refuse('try-again') : context.json(shop.search.suggest(context.req.query()));
  });
  app.get('/api/recommendations', async (context) => {
    const query = RecommendationsQuery.parse(context.req.query());
    return shop.recommend ? context.json(Recommendations.parse(await shop.recommend(query))) : refuse('try-again');
  });
  const forOperators: MiddlewareHandler = async (context, next) => {
    if (!customer(context)) return context.json({ message: 'Unauthorized' }, 401);
    if (!signIn.groups.includes(OPERATORS_GROUP)) return refuse('not-an-operator');
    return next();
  };
  app.use('/api/operators/*', forOperators);
  app.route('/api/operators', shop.operators.api);
  app.get('/api/analytics/:report', forOperators, (context) => {
    const answer = shop.reports.answer(context.req.param('report'), context.req.query());
    if (typeof answer === 'string') return refuse(answer);
    return 'askAgain' in answer ? context.json(answer, 202, { 'retry-after': '1' }) : context.json(answer);
  });
  app.post('/api/clicks', async (context) => {
    const { events } = ClickBatch.parse(await context.req.json());
    const token = context.req.header('authorization');
    shop.clicks.push(...events.map((event) => ({ ...Click.parse(event), token })));
    return context.json(ClicksTaken.parse({ accepted: events.length, refused: [] }), 202);
  });
  app.get('/products/:picture{.+\\.svg}', (context) => context.body('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="4" height="3" fill="#c9b79c"/></svg>', 200, { 'content-type': 'image/svg+xml' }));
  app.use(serveStatic({ root: directory }));
  // What CloudFront does for a path without an extension.
  app.get('*', (context, next) => (/\.[^/]*$/.test(context.req.path) ? next() : serveStatic({ root: directory, path: 'index.html' })(context, next)));

  const answer = getRequestListener(app.fetch);
  const server = await serve((request, response) => void answer(request, response));
  return Object.assign(shop, { server });
}

/** As many as a test can have on a page without having to order for long. */
const ORDERS_PER_PAGE = 2;

function pageOfOrders(orders: readonly Order[], from: number): OrderPage {
  const to = from + ORDERS_PER_PAGE;
  return OrderPage.parse({
    orders: orders.slice(from, to).map(({ orderId, status, total, createdAt, lines }) => ({ orderId, status, total, createdAt, itemCount: lines.length })),
    nextCursor: to < orders.length ? String(to) : undefined,
  });
}

/** What the shop offers this basket for. */
export function quoteFor({ lines, shippingCountry }: QuoteRequest): Quote {
  const priced = lines.map(({ productId, quantity }) => {
    const product = products.find((candidate) => candidate.productId === productId);
    const unitPrice = product?.price ?? euros(0);
    return { productId, quantity, name: product?.name, unitPrice, lineTotal: euros(unitPrice.amount * quantity) };
  });
  const subtotal = priced.reduce((sum, { lineTotal }) => sum + lineTotal.amount, 0);
  const tax = Math.round((subtotal + 690) * 0.19);
  const now = Date.now();
  return Quote.parse({
    quoteId: randomUUID(),
    lines: priced,
    shippingCountry,
    subtotal: euros(subtotal),
    shipping: euros(690),
    taxBasisPoints: 1900,
    tax: euros(tax),
    total: euros(subtotal + 690 + tax),
    createdAt: new Date(now).toISOString(),
    expiresAt: new Date(now + 900_000).toISOString(),
  });
}
