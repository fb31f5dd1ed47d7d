import { randomUUID } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Webhook } from 'standardwebhooks';
import { ROUTES } from '../../../contracts/http';
import { MAX_WEBHOOK_BYTES } from '../../../contracts/limits';
import type { Route, RouteName } from '../../../contracts/http';
import { stripeClient } from '../../../lambdas/workflow/payment/stripe-payments';
import type { AttackedShop } from './attackedShop';
import { ask } from './rawRequest';
import type { Contents } from './tables';

interface Caller {
  /** The logical id of the secret begins so. */
  readonly secretId: string;
  readonly sign: (secret: string, body: string, at: Date) => Record<string, string>;
  /** An event that would move an order on, were it the right one. */
  readonly about: (orderId: string) => object;
  /** As above, and what is done is seen in the order. */
  readonly effective: (given: AttackedShop) => object;
}

const stripe = stripeClient('sk_test_nothing', 'http://localhost');
const STRANGE = '0190a3c4-7a00-7000-8000-000000000000';

const CALLERS: Readonly<Record<'receivePaymentEvent' | 'receiveCarrierEvent', Caller>> = {
  receivePaymentEvent: {
    secretId: 'ProvidersPaymentWebhookSecret',
    sign: (secret, payload, at) => ({ 'stripe-signature': stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(at.getTime() / 1_000) }) }),
    about: (order_id) => ({ id: 'evt_1', type: 'charge.dispute.created', data: { object: { payment_intent: { id: 'pi_of_somebody_else', metadata: { order_id } }, reason: 'fraudulent' } } }),
    effective: ({ order: { orderId }, intentId }) => ({ id: 'evt_2', type: 'charge.dispute.created', data: { object: { payment_intent: { id: intentId, metadata: { order_id: orderId } }, reason: 'fraudulent' } } }),
  },
  receiveCarrierEvent: {
    secretId: 'ProvidersCarrierWebhookSecret',
    sign: (secret, body, at) => ({ 'webhook-id': 'msg_1', 'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)), 'webhook-signature': new Webhook(secret).sign('msg_1', at, body) }),
    about: (reference) => shipment('shipment.delivered', reference, 'a parcel of somebody else'),
    effective: ({ order: { orderId, shipment: known } }) => shipment('shipment.accepted', orderId, known?.trackingNumber ?? ''),
  },
};

function shipment(type: string, reference: string, trackingNumber: string): object {
  const at = new Date().toISOString();
  return { type, occurredAt: at, shipment: { reference, shipmentId: 'shp_1', trackingNumber, status: 'ACCEPTED', createdAt: at, updatedAt: at } };
}

const signedRoutes = (Object.entries(ROUTES) as [RouteName, Route][]).flatMap(([name, { path, signedBy }]) => (signedBy ? [{ name, path, signedBy }] : []));

/** Every route whose callers sign: who has not signed, or not this, or not now, moves nothing. */
export function webhooks(given: () => AttackedShop): void {
  describe.each(signedRoutes)('$name', ({ name, path, signedBy }) => {
    const caller = callerOf(name);
    let secret: string;
    let body: string;
    let before: Contents;
    beforeAll(async () => {
      secret = await secretOf(given(), caller.secretId);
      body = JSON.stringify(caller.effective(given()));
      before = await given().tables.atRest();
    });
    const send = async (text: string, headers: Record<string, string>): Promise<{ readonly status: number; readonly text: string }> => {
      const { status, text: said } = await ask(given().pages.siteUrl, { method: 'POST', path, headers: { 'content-type': 'application/json', ...headers }, body: text });
      return { status, text: said };
    };
    const signed = (text: string, ago = 0, by = secret): Record<string, string> => caller.sign(by, text, new Date(Date.now() - ago * 60_000));
    const unchanged = async (): Promise<void> => expect(await given().tables.contents()).toEqual(before);
    const badSignature = { status: 400, text: expect.stringContaining('/problems/bad-signature') };

    test('takes nothing that is not signed, nor signed in part', async () => {
      expect(await send(body, {})).toEqual(badSignature);
      for (const left of signedBy) expect(await send(body, { ...signed(body), [left]: '' })).toEqual(badSignature);
      await unchanged();
    });

    test('takes nothing that somebody else has signed', async () => {
      const own = `whsec_${Buffer.from(randomUUID()).toString('base64')}`;
      expect(await send(body, signed(body, 0, own))).toEqual(badSignature);
      await unchanged();
    });

    test('takes nothing that was altered after it was signed', async () => {
      expect(await send(body.replace(given().order.orderId, STRANGE), signed(body))).toEqual(badSignature);
      await unchanged();
    });

    test('takes nothing that was signed ten minutes ago', async () => {
      expect(await send(body, signed(body, 10))).toEqual(badSignature);
      await unchanged();
    });

    test('takes nothing that is huge, signed or not', async () => {
      const huge = JSON.stringify({ ...caller.effective(given()), filling: 'x'.repeat(MAX_WEBHOOK_BYTES) });
      expect(await send(huge, signed(huge))).toEqual({ status: 413, text: expect.stringContaining('/problems/body-too-large') });
      await unchanged();
    });

    test('moves nothing for an order that is not here, nor for one that the event is not about', async () => {
      for (const orderId of [STRANGE, given().order.orderId]) {
        const event = JSON.stringify(caller.about(orderId));
        expect(await send(event, signed(event))).toEqual({ status: 200, text: '{"received":true}' });
      }
      await unchanged();
    });

    test('does once what it is told twice', async () => {
      const headers = signed(body);
      expect(await send(body, headers)).toMatchObject({ status: 200 });
      const after = await given().tables.atRest();
      expect(after).not.toEqual(before);
      expect(await send(body, headers)).toMatchObject({ status: 200 });
      expect(await given().tables.atRest()).toEqual(after);
    });
  });
}

/** @throws Error that names the route when nobody is known to call it */
function callerOf(name: RouteName): Caller {
  const caller = Object.entries(CALLERS).find(([route]) => route === name)?.[1];
  if (!caller) throw new Error(`${name} is a new route whose callers sign: say in test/journeys/abuse/webhooks.ts how.`);
  return caller;
}

async function secretOf({ dev }: AttackedShop, id: string): Promise<string> {
  const [, SecretId] = [...(await dev.resources('Workflow', 'AWS::SecretsManager::Secret'))].find(([logicalId]) => logicalId.startsWith(id)) ?? [];
  const { SecretString: secret = '' } = await new SecretsManagerClient(dev.settings).send(new GetSecretValueCommand({ SecretId }));
  return secret;
}
