import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { toItem } from '../../../lambdas/shared/dynamodb';
import { eventually } from '../../support/eventually';
import type { OperatedShop } from './operatedShop';

const Messages = z.object({ Messages: z.array(z.object({ Body: z.string() })) });

/** What the shop cannot settle by itself, and leaves where a person finds it. */
export function troubles(given: () => OperatedShop): void {
  test('an order whose parcels left unheard of is kept when its customer cancels: the money stays, and a mail says so', async () => {
    const { outside, shop } = given();
    const placed = await given().confirmed();
    await outside.setFaults('carrier', [{ match: { path: 'shipment.*' }, fault: 'drop-webhook' }]);
    for (let step = 0; step < 2; step++) await outside.moveParcels(placed.orderId);
    await given().cancel(placed);

    const { timeline } = await shop.orderWith('HANDED_OVER', placed.customer, placed.orderId);
    await outside.setFaults('carrier', []);
    expect(timeline.map(({ event }) => event)).toEqual(expect.arrayContaining(['CANCELLATION_REQUESTED', 'CANCELLATION_TOO_LATE']));
    expect(await outside.money(placed.orderId)).toEqual({ taken: placed.order.total.amount, givenBack: 0 });
    expect(await outside.mails(placed.orderId, 2)).toEqual(['Thank you for your order', 'Your order could not be cancelled']);
  });

  test('a payment that the customer’s bank disputes is on the operators’ list', async () => {
    const { customer, orderId } = await given().place({ paymentMethod: 'pm_card_createDispute' });
    await given().shop.orderWith('CONFIRMED', customer, orderId);
    expect(await given().concernsOf(orderId)).toMatchObject([{ kind: 'PAYMENT_DISPUTED', detail: "The customer's bank disputes the payment: fraudulent" }]);
  });

  test('a change of the table that makes no sense is kept whole, raises the alarm’s queue, and holds up no order after it', async () => {
    const { dev } = given();
    const Bucket = await dev.resource('Workflow', 'AWS::S3::Bucket', 'StartsFailedRecords');
    const item = toItem({ orderId: 'no-order', scribble: 'Nobody knows who wrote this' });
    await new DynamoDBClient(dev.settings).send(new PutItemCommand({ TableName: given().ordersTable, Item: item }));
    const s3 = new S3Client({ ...dev.settings, forcePathStyle: true });
    const key = await eventually(async () => (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.[0]?.Key);
    const record = JSON.parse((await (await s3.send(new GetObjectCommand({ Bucket, Key: key }))).Body?.transformToString()) ?? '') as { payload: string };
    expect(JSON.parse(record.payload)).toMatchObject({ Records: [{ eventName: 'INSERT', dynamodb: { NewImage: item } }] });

    const queue = await dev.resource('Workflow', 'AWS::SQS::Queue', 'StartsFailedFailures');
    const message = await eventually(async () => Messages.parse((await dev.aws('sqs', 'receive-message', '--queue-url', queue)) ?? { Messages: [] }).Messages[0]);
    expect(JSON.parse(message.Body)).toMatchObject({ detail: { object: { key } } });
    await given().confirmed();
  });
}
