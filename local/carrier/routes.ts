import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as z from 'zod/mini';
import { CallbackEndpointRequest, CARRIER_API_KEY_HEADER, ListShipmentsQuery, ShipmentRequest, type CarrierProblemCode } from '../../contracts/carrier';
import { OrderId } from '../../contracts/ids';
import { PROBLEM_MEDIA_TYPE } from '../../contracts/problem';
import type { SandboxBindings } from '../sandbox/sandbox';
import type { CallbackEndpoints } from './callbackEndpoints';
import { CarrierRefusal } from './problems';
import type { Shipments } from './shipments';

interface Environment {
  Bindings: SandboxBindings;
  Variables: { account: string };
}

const LARGEST_BODY = 256 * 1024;

/** The carrier's API, as `contracts/carrier.ts` describes it. */
export function carrierRoutes(shipments: Shipments, endpoints: CallbackEndpoints, now: () => number): Hono<Environment> {
  const app = new Hono<Environment>();

  app.onError((error) => {
    if (error instanceof CarrierRefusal) return problem(error);
    throw error;
  });
  app.use(
    '/v1/*',
    async (context, next) => {
      context.set('account', accountOf(context.req.header(CARRIER_API_KEY_HEADER)));
      const { fault } = context.env;
      if (fault?.fault === 'slow') await sleep(fault.milliseconds);
      if (fault?.fault === 'throttle') return problem(new CarrierRefusal('too-many-requests'), { 'retry-after': '1' });
      if (fault?.fault === 'server-error') return problem(new CarrierRefusal('unavailable'));
      await next();
      if (fault?.fault === 'server-error-after-work') context.res = problem(new CarrierRefusal('unavailable'));
    },
    bodyLimit({ maxSize: LARGEST_BODY, onError: () => problem(new CarrierRefusal('invalid-body', 'The body is too large.')) }),
  );

  app.put('/v1/shipments/:reference', async (context) => {
    const { shipment, isNew } = shipments.book(context.var.account, referenceOf(context), await bodyOf(ShipmentRequest, context));
    return context.json(shipment, isNew ? 201 : 200);
  });
  app.get('/v1/shipments/:reference', (context) => context.json(shipments.find(context.var.account, referenceOf(context))));
  app.delete('/v1/shipments/:reference', (context) => context.json(shipments.recall(context.var.account, referenceOf(context))));
  app.get('/v1/shipments', (context) => {
    const { updatedSince, cursor } = fit(ListShipmentsQuery, context.req.query(), 'invalid-parameter');
    return context.json(shipments.changedSince(context.var.account, updatedSince, cursor));
  });

  app.put('/v1/callback-endpoints/:id', async (context) => {
    const { url } = await bodyOf(CallbackEndpointRequest, context);
    return context.json(endpoints.put(context.var.account, context.req.param('id'), url));
  });
  app.post('/v1/callback-endpoints/:id/secret', (context) => context.json(endpoints.changeSecret(context.var.account, context.req.param('id'), now())));
  app.delete('/v1/callback-endpoints/:id', (context) => {
    endpoints.delete(context.var.account, context.req.param('id'));
    return context.body(null, 204);
  });

  app.all('/v1/*', ({ req }) => problem(new CarrierRefusal('not-found', `${req.method} ${req.path}`)));
  return app;
}

/** Whoever has a key is a customer: the carrier knows a shop's environments apart by their keys. */
function accountOf(key: string | undefined): string {
  if (key === undefined || key.trim().length < 8) throw new CarrierRefusal('api-key-invalid', `Send the key in the header ${CARRIER_API_KEY_HEADER}.`);
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}

function referenceOf(context: Context): OrderId {
  return fit(OrderId, context.req.param('reference'), 'invalid-parameter');
}

async function bodyOf<T>(schema: z.ZodMiniType<T>, context: Context): Promise<T> {
  let body: unknown;
  try {
    body = await context.req.json();
  } catch {
    throw new CarrierRefusal('invalid-body', 'The body is not JSON.');
  }
  return fit(schema, body, 'invalid-body');
}

function fit<T>(schema: z.ZodMiniType<T>, value: unknown, code: CarrierProblemCode): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new CarrierRefusal(code, z.prettifyError(parsed.error));
  return parsed.data;
}

function problem(refusal: CarrierRefusal, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(refusal.problem), { status: refusal.problem.status, headers: { 'content-type': PROBLEM_MEDIA_TYPE, ...headers } });
}
