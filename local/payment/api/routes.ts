import { setTimeout as sleep } from 'node:timers/promises';
import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import type Stripe from 'stripe';
import type { SandboxBindings } from '../../sandbox/sandbox';
import { API_VERSION, type Call } from '../account/call';
import { invalidRequest, PaymentError } from '../account/errors';
import { randomText } from '../account/ids';
import type { Ledger } from '../account/ledger';
import type { Endpoint } from './endpoint';
import { ENDPOINTS } from './endpoints';
import { decodeForm } from './form';
import { Idempotency, type Answer } from './idempotency';
import { keyOf, secretKeyRequired, type ApiKey } from './keys';

type RequestContext = Context<{ Bindings: SandboxBindings }>;

export interface ApiProps {
  readonly ledger: Ledger;
  readonly now: () => number;
  readonly sendWebhook: (endpoint: string, event: Stripe.EventBase) => void;
}

/** The API under /v1, for servers and for browsers of any origin. */
export function apiRoutes({ ledger, now, sendWebhook }: ApiProps): Hono<{ Bindings: SandboxBindings }> {
  const app = new Hono<{ Bindings: SandboxBindings }>();
  const idempotency = new Idempotency(ledger);

  async function work(context: RequestContext, endpoints: readonly Endpoint[], requestId: string): Promise<Answer> {
    const { fault } = context.env;
    const key = keyOf(context.req.header('authorization'));
    checkVersion(context.req.header('stripe-version'));
    if (fault?.fault === 'throttle') {
      return {
        ...errorAnswer(invalidRequest('Request rate limit exceeded. Learn more about rate limits: https://stripe.com/docs/rate-limits', { code: 'rate_limit' }, 429)),
        headers: { 'retry-after': '1', 'stripe-rate-limited-reason': 'global-rate' },
      };
    }
    const endpoint = endpointFor(endpoints, key);
    const form = decodeForm(await encodedParameters(context));
    const idempotencyKey = context.req.method === 'POST' ? context.req.header('idempotency-key') : undefined;
    const call: Call = { ledger, account: key.account, now: now(), origin: new URL(context.req.url).origin, requestId, idempotencyKey, sendWebhook };
    const prepare = (): (() => Promise<Answer>) => {
      const run = endpoint.prepare(form);
      return async () => {
        if (fault?.fault === 'slow') await sleep(fault.milliseconds);
        if (fault?.fault === 'server-error') return serverError();
        const answer = answerOf(() => run({ ...call, now: now() }, context.req.param('id') ?? ''));
        return fault?.fault === 'server-error-after-work' ? serverError() : answer;
      };
    };
    if (idempotencyKey === undefined) return prepare()();
    return idempotency.once({ account: key.account, key: idempotencyKey, endpoint: `${context.req.method} ${context.req.path}`, form, requestId, now: now() }, prepare);
  }

  app.use('/v1/*', cors({ origin: '*', allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Stripe-Version'], exposeHeaders: ['Request-Id', 'Stripe-Version'] }));
  for (const [route, endpoints] of byRoute()) {
    const [method = '', path = ''] = route.split(' ');
    app.on(method, path, (context) => respond(context, (requestId) => work(context, endpoints, requestId)));
  }
  app.all('/v1/*', (context) =>
    respond(context, () => {
      keyOf(context.req.header('authorization'));
      const { method, path } = context.req;
      throw invalidRequest(`Unrecognized request URL (${method}: ${path}). The payment sandbox of this machine does not answer it; see https://docs.stripe.com/api for what Stripe does.`, {}, 404);
    }),
  );
  return app;
}

/** Which shapes a version asks for makes no difference here, but it has to be one. */
function checkVersion(version: string | undefined): void {
  if (version !== undefined && !/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/.test(version)) throw invalidRequest(`Invalid Stripe API version: ${version}`);
}

function byRoute(): Map<string, Endpoint[]> {
  const routes = new Map<string, Endpoint[]>();
  for (const endpoint of ENDPOINTS) {
    const route = `${endpoint.method} ${endpoint.path}`;
    routes.set(route, [...(routes.get(route) ?? []), endpoint]);
  }
  return routes;
}

function endpointFor(endpoints: readonly Endpoint[], { kind }: ApiKey): Endpoint {
  const endpoint = endpoints.find(({ key }) => key === kind);
  if (endpoint) return endpoint;
  if (kind === 'publishable') throw secretKeyRequired();
  throw invalidRequest('This API call is made by Stripe.js with a publishable key. A server uses the test helpers: POST /v1/test_helpers/confirmation_tokens.', {}, 403);
}

async function encodedParameters({ req }: RequestContext): Promise<string> {
  const query = new URL(req.url).search.slice(1);
  if (req.method !== 'POST') return query;
  const body = await req.text();
  if (body !== '' && !req.header('content-type')?.startsWith('application/x-www-form-urlencoded')) {
    throw invalidRequest('Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/.');
  }
  return [query, body].filter((part) => part !== '').join('&');
}

async function respond(context: RequestContext, work: (requestId: string) => Promise<Answer> | Answer): Promise<Response> {
  const requestId = `req_${randomText(14)}`;
  const { status, body, headers } = await attempt(() => work(requestId));
  const idempotencyKey = context.req.header('idempotency-key');
  return new Response(JSON.stringify(body, null, 2), {
    status,
    headers: {
      'content-type': 'application/json',
      'request-id': requestId,
      'stripe-version': context.req.header('stripe-version') ?? API_VERSION,
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      ...(status === 401 && { 'www-authenticate': 'Basic realm="Stripe"' }),
      // What an idempotency key would only replay is not worth another try.
      ...(status >= 400 && status !== 409 && status !== 429 && { 'stripe-should-retry': 'false' }),
      ...headers,
    },
  });
}

async function attempt(work: () => Promise<Answer> | Answer): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PaymentError) return errorAnswer(error);
    throw error;
  }
}

function answerOf(work: () => object): Answer {
  try {
    return { status: 200, body: work() };
  } catch (error) {
    if (error instanceof PaymentError) return errorAnswer(error);
    throw error;
  }
}

const errorAnswer = ({ status, body }: PaymentError): Answer => ({ status, body: { error: body } });

const serverError = (): Answer => errorAnswer(new PaymentError(500, { type: 'api_error', message: 'An unknown error occurred. (The sandbox was told to fail.)' }));
