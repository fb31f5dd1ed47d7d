import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CustomerId, IdempotencyKey } from '../../../contracts/ids';
import { SubmitOrderRequest } from '../../../contracts/order';
import type { Order } from '../../../contracts/order';
import { OrderRequestsTable } from '../../../lambdas/orders/order-requests-table';
import { toItem } from '../../../lambdas/shared/dynamodb';

const now = new Date('2026-11-23T08:00:00.000Z');
const orderId = '01890a5d-ac96-774b-bcce-b302099a8057';
const body = {
  quoteId: '8e03978e-40d5-43e8-bc93-6894a57f9324',
  shippingAddress: { name: 'Ada', line1: 'Street 1', postalCode: '1', city: 'Berlin', country: 'DE' },
  paymentMethod: 'pm_card_visa',
};
const asked = (more: object = {}) => ({ customerId: CustomerId.parse('ada'), idempotencyKey: IdempotencyKey.parse('key-of-ada'), request: SubmitOrderRequest.parse({ ...body, ...more }) });

/** The table with one record in it. */
const tableWith = (item: Record<string, unknown> = {}): OrderRequestsTable => new OrderRequestsTable({ send: async () => ({ Item: item }) } as unknown as DynamoDBClient, 'requests');
const recorded = (more: object = {}): OrderRequestsTable => tableWith(tableWith().record(asked(more), { orderId } as Order, now).Put?.Item);

it('takes the language as a part of what a key stands for', async () => {
  expect(await recorded({ language: 'de' }).earlier(asked({ language: 'de' }), now)).toMatchObject({ is: 'same', orderId });
  expect(await recorded({ language: 'de' }).earlier(asked(), now)).toEqual({ is: 'other' });
  expect(await recorded({ language: 'en' }).earlier(asked(), now)).toMatchObject({ is: 'same', orderId });
});

it('knows a request again that was recorded before there were languages', async () => {
  const table = tableWith(toItem({ fingerprint: 'QDbxbw1eSLROTxEctnxPP3gQr-_MOxoYNmk1NbPE6hA', orderId, answer: '{}', deleteAfter: now.getTime() / 1_000 + 60 }));
  expect(await table.earlier(asked(), now)).toEqual({ is: 'same', orderId, answer: '{}' });
});
