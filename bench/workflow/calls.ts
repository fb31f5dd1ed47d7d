import * as z from 'zod';
import type { SandboxPorts } from '../../local/sandbox/sandboxes';

/** What the outside was asked for some orders. */
export interface Calls {
  readonly payment: number;
  readonly carrier: number;
  readonly mails: number;
}

const Requests = z.array(z.object({ at: z.string(), path: z.string() }));
const Mails = z.array(z.object({ order: z.string().optional() }));

/** What the payment provider and the carrier have been asked since, and which mails about these orders were sent, by the sandboxes' own records. */
export async function callsSince(since: string, orderIds: readonly string[], { payment, carrier, inbox }: SandboxPorts): Promise<Calls> {
  const asked = async (port: number): Promise<number> => Requests.parse(await get(port, '/_sandbox/requests?limit=2000')).filter(({ at, path }) => at >= since && path.startsWith('/v1/')).length;
  const mails = Mails.parse(await get(inbox, '/mails')).filter(({ order }) => order !== undefined && orderIds.includes(order)).length;
  return { payment: await asked(payment), carrier: await asked(carrier), mails };
}

export const holdParcels = (port: number): Promise<unknown> => ask(port, '/_sandbox/pace', { method: 'PUT', body: '{"hold":true}' });

/** The parcels of orders come one step further: accepted, handed over, delivered. */
export async function moveParcels(port: number, orderIds: readonly string[]): Promise<void> {
  for (const orderId of orderIds) await ask(port, `/_sandbox/shipments/${orderId}/advance`, { method: 'POST', body: '{}' });
}

const get = (port: number, path: string): Promise<unknown> => ask(port, path, {});

async function ask(port: number, path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(`http://localhost:${port}${path}`, { ...init, headers: { 'content-type': 'application/json' } });
  if (!response.ok) throw new Error(`${path} of a sandbox answered ${response.status}: ${await response.text()}`);
  return response.json();
}
