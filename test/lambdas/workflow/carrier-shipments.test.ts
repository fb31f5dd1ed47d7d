import type { Shipment } from '../../../contracts/carrier';
import { CarrierShipments } from '../../../lambdas/workflow/operations/carrier-shipments';
import { at, ORDER_ID } from './orderInHand';

const shipment = { reference: ORDER_ID, shipmentId: 's1', trackingNumber: 'T1', status: 'BOOKED', createdAt: at('2026-11-23T08:00:00Z'), updatedAt: at('2026-11-23T08:00:00Z') } satisfies Shipment;
const problem = (name: string, status: number) => Response.json({ type: `/problems/${name}`, title: name, status }, { status });

/** A carrier that gives these answers in turn, and remembers what it was asked. */
function carrierOf(...answers: readonly (() => Response)[]) {
  const asked: { url: URL; key: string | null }[] = [];
  const call = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(url, init);
    asked.push({ url: new URL(request.url), key: request.headers.get('x-api-key') });
    const answer = answers[asked.length - 1];
    if (!answer) throw new TypeError('fetch failed');
    return answer();
  };
  return { asked, carrier: new CarrierShipments('https://carrier.test', async () => 'key_1', call) };
}

it('finds a shipment by its order, with the shop’s key', async () => {
  const { carrier, asked } = carrierOf(() => Response.json(shipment));
  expect(await carrier.find(ORDER_ID)).toEqual(shipment);
  expect(asked).toEqual([{ url: new URL(`https://carrier.test/v1/shipments/${ORDER_ID}`), key: 'key_1' }]);
});

it('takes a shipment for unknown when the carrier says so, and for nothing else', async () => {
  expect(await carrierOf(() => problem('shipment-not-found', 404)).carrier.find(ORDER_ID)).toBeUndefined();
  const silent = [() => problem('not-found', 404), () => Response.json({ message: 'Not Found' }, { status: 404 }), () => new Response('<html>', { status: 404 }), () => problem('unavailable', 503), () => Response.json({}, { status: 401 })];
  for (const answer of silent) await expect(carrierOf(answer).carrier.find(ORDER_ID)).rejects.toMatchObject({ name: 'CarrierUnavailable' });
  await expect(carrierOf().carrier.find(ORDER_ID)).rejects.toMatchObject({ name: 'CarrierUnavailable', message: `GET /v1/shipments/${ORDER_ID}: fetch failed` });
});

it('reads what has changed to the last page', async () => {
  const { carrier, asked } = carrierOf(() => Response.json({ shipments: [shipment], nextCursor: 'more' }), () => Response.json({ shipments: [{ ...shipment, shipmentId: 's2' }] }));
  const found: string[] = [];
  for await (const page of carrier.changedSince(new Date('2026-11-22T09:00:00Z'))) found.push(...page.map(({ shipmentId }) => shipmentId));
  expect(found).toEqual(['s1', 's2']);
  expect(asked.map(({ url }) => Object.fromEntries(url.searchParams))).toEqual([{ updatedSince: '2026-11-22T09:00:00.000Z' }, { updatedSince: '2026-11-22T09:00:00.000Z', cursor: 'more' }]);
});
