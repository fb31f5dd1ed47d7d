import { Hono } from 'hono';
import { html } from 'hono/html';
import * as z from 'zod';
import { parseBody, Refusal, type Controlled } from '../sandbox/controls';
import { addPageAssets, button, moment, page, type Html } from '../sandbox/page';
import type { SandboxBindings } from '../sandbox/sandbox';
import type { Pace, ShipmentRecord, Shipments } from './shipments';

const SHOWN = 50;
const LOOKS = { BOOKED: 'waiting', ACCEPTED: 'waiting', HANDED_OVER: 'waiting', DELIVERED: 'good', RETURNED: 'bad', RECALLED: 'faint' } as const;

const milliseconds = z.int().nonnegative().max(7 * 24 * 3600_000);
const PaceChange = z.strictObject({ acceptedAfter: milliseconds, handedOverAfter: milliseconds, deliveredAfter: milliseconds, hold: z.boolean() }).partial();
const Nothing = z.strictObject({});

/** The sandbox's page for a person, and what moves shipments by hand. */
export function overviewRoutes(sandbox: Controlled & { readonly shipments: Shipments }): Hono<{ Bindings: SandboxBindings }> {
  const { shipments } = sandbox;
  const app = new Hono<{ Bindings: SandboxBindings }>();
  addPageAssets(app);
  app.onError((error, context) => {
    if (error instanceof Refusal) return context.json({ error: error.message }, 400);
    throw error;
  });

  app.get('/_sandbox/pace', (context) => context.json(shipments.pace));
  app.put('/_sandbox/pace', async (context) => {
    shipments.setPace({ ...shipments.pace, ...(await parseBody(PaceChange, context)) });
    return context.json(shipments.pace);
  });
  app.get('/_sandbox/shipments', (context) => context.json(shipments.newest(1_000)));
  app.post('/_sandbox/shipments/:reference/advance', async (context) => {
    await parseBody(Nothing, context);
    const shipment = shipments.advance(context.req.param('reference'));
    return shipment ? context.json(shipment) : context.json({ error: `There is no shipment ${context.req.param('reference')} that could be moved on.` }, 409);
  });
  app.post('/_sandbox/shipments/:reference/return', async (context) => {
    await parseBody(Nothing, context);
    const shipment = shipments.sendBack(context.req.param('reference'));
    return shipment ? context.json(shipment) : context.json({ error: `The carrier has no parcels of ${context.req.param('reference')}.` }, 409);
  });

  app.get('/', (context) =>
    page(
      context,
      'Carrier sandbox',
      html`Answers at <code>${new URL(context.req.url).origin}/v1/shipments</code>. Any <code>x-api-key</code> of eight characters is a customer of its own. Refused: postal code 00000, city Nowhere. Comes back: a parcel for Returned Sender.`,
      html`${shipmentsSection(shipments.newest(SHOWN))}${paceSection(shipments.pace)}`,
      sandbox,
    ),
  );
  return app;
}

function shipmentsSection(records: readonly ShipmentRecord[]): Html {
  return html`<section id="shipments">
<h2>Shipments</h2>
${
    records.length === 0
      ? html`<p class="faint">None yet.</p>`
      : html`<table>
<thead><tr><th>Changed</th><th>Order</th><th>Recipient</th><th>State</th><th></th></tr></thead>
<tbody>${records.map(shipmentRow)}</tbody>
</table>`
  }
</section>`;
}

function shipmentRow({ shipment, request }: ShipmentRecord): Html {
  const { reference, status, trackingNumber, updatedAt } = shipment;
  const inHands = status === 'HANDED_OVER' || status === 'DELIVERED';
  const moves = status === 'BOOKED' || status === 'ACCEPTED' || status === 'HANDED_OVER';
  return html`<tr>
<td>${moment(updatedAt)}</td>
<td><details><summary><code>${reference}</code></summary><pre>${JSON.stringify({ shipment, request }, null, 1)}</pre></details></td>
<td>${request ? html`${request.recipient.name}<br><span class="faint">${request.recipient.postalCode} ${request.recipient.city}, ${request.recipient.country}</span>` : ''}</td>
<td><span class="${LOOKS[status]}">${status}</span><br><code class="faint">${trackingNumber}</code></td>
<td><div class="acts">${moves ? button('Advance', 'POST', `/_sandbox/shipments/${reference}/advance`) : ''}${inHands ? button('Return', 'POST', `/_sandbox/shipments/${reference}/return`) : ''}</div></td>
</tr>`;
}

function paceSection({ acceptedAfter, handedOverAfter, deliveredAfter, hold }: Pace): Html {
  return html`<section id="pace">
<h2>Pace</h2>
<p>${hold ? 'Nothing moves by itself.' : `Accepted after ${acceptedAfter / 1000} s, handed over after ${handedOverAfter / 1000} s more, delivered after ${deliveredAfter / 1000} s more.`}</p>
<div class="acts">${hold ? button('Let shipments move', 'PUT', '/_sandbox/pace', { hold: false }) : button('Hold all shipments', 'PUT', '/_sandbox/pace', { hold: true })}</div>
</section>`;
}
