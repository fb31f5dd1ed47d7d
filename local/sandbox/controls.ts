import { Hono, type Context } from 'hono';
import * as z from 'zod';
import { isLoopback } from '../host/loopback';
import { FaultRule, type Faults } from './faults';
import type { RequestLog } from './requestLog';
import type { SandboxBindings } from './sandbox';
import type { Webhooks } from './webhooks';

export interface Controlled {
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly webhooks: Webhooks;
}

const limit = z.coerce.number().int().min(1).max(2_000).default(100);
const RequestsQuery = z.strictObject({ method: z.string().optional(), path: z.string().optional(), idempotencyKey: z.string().optional(), limit });
const WebhooksQuery = z.strictObject({ limit });

/** What a request to the controls is refused with: 400 and `{ error }` in words. */
export class Refusal extends Error {}

/** @throws Refusal in words when the input does not fit */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new Refusal(z.prettifyError(parsed.error));
  return parsed.data;
}

/** @throws Refusal when the body is not JSON or does not fit */
export async function parseBody<T>(schema: z.ZodType<T>, context: Context): Promise<T> {
  let body: unknown;
  try {
    body = await context.req.json();
  } catch {
    throw new Refusal('The body is not JSON.');
  }
  return parseInput(schema, body);
}

/** The part of a sandbox that no real service has: its faults, what it was asked and what it sent, and its health. */
export function sandboxControls({ faults, requests, webhooks }: Controlled): Hono<{ Bindings: SandboxBindings }> {
  const app = new Hono<{ Bindings: SandboxBindings }>();
  app.use('*', async (context, next) => {
    // Without a server there is no Host.
    const host = context.req.header('host');
    if (host !== undefined && !isLoopback(host)) return context.json({ error: 'This sandbox answers on the loopback only.' }, 403);
    return next();
  });
  app.onError((error, context) => {
    if (error instanceof Refusal) return context.json({ error: error.message }, 400);
    throw error;
  });
  app.get('/_sandbox/health', (context) => context.json({ status: 'ok' }));
  app.get('/_sandbox/faults', (context) => context.json(faults.list()));
  app.put('/_sandbox/faults', async (context) => {
    faults.replace(await parseBody(z.array(FaultRule).max(100), context));
    return context.json(faults.list());
  });
  app.delete('/_sandbox/faults', (context) => {
    faults.replace([]);
    return context.json([]);
  });
  app.get('/_sandbox/requests', (context) => context.json(requests.list(parseInput(RequestsQuery, context.req.query()))));
  app.get('/_sandbox/webhooks', (context) => context.json(webhooks.list(parseInput(WebhooksQuery, context.req.query()).limit)));
  return app;
}
