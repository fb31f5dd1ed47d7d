import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { paginateGetExecutionHistory, paginateListExecutions, SFNClient } from '@aws-sdk/client-sfn';
import type { ExecutionListItem } from '@aws-sdk/client-sfn';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { Stripe } from 'stripe';
import * as z from 'zod';
import { CARRIER_API_KEY_HEADER, ShipmentPage } from '../../../contracts/carrier';
import type { Shipment } from '../../../contracts/carrier';
import { OrderRecord } from '../../../contracts/order-record';
import type { OrderStatus } from '../../../contracts/order-status';
import { fromItem } from '../../../lambdas/shared/dynamodb';
import type { Mail } from '../../../local/inbox/sentMails';
import type { DevEnvironment } from '../devEnvironment';

/** What everybody who had to do with the orders says. */
export interface Books {
  readonly orders: ReadonlyMap<string, OrderRecord>;
  /** By product. */
  readonly stock: ReadonlyMap<string, number>;
  readonly payments: readonly Stripe.PaymentIntent[];
  readonly refunds: readonly Stripe.Refund[];
  readonly shipments: readonly Shipment[];
  readonly mails: readonly Pick<Mail, 'id' | 'order' | 'kind'>[];
  readonly executions: readonly ExecutionListItem[];
  /** Changes of orders that were given up on. */
  readonly givenUp: readonly string[];
}

const Mails = z.array(z.object({ id: z.string(), order: z.optional(OrderRecord.shape.orderId), kind: z.optional(z.string()) }));
const Deliveries = z.array(z.object({ state: z.string() }));
const ALL = 2_000;
/** Not those that wait for their customer. */
const WORKED_ON = ['ACCEPTED', 'PAYMENT_AUTHORIZED', 'SHIPMENT_BOOKED', 'PAYMENT_CAPTURED', 'UNDOING'] satisfies OrderStatus[];

/** Reads the books of an environment's orders. */
export class Bookkeeper {
  readonly #dynamoDb: DynamoDBClient;
  readonly #sfn: SFNClient;
  readonly #s3: S3Client;

  private constructor(
    private readonly dev: DevEnvironment,
    private readonly stripe: Stripe,
    private readonly names: { readonly orders: string; readonly products: string; readonly machines: readonly string[]; readonly failedRecords: string },
  ) {
    this.#dynamoDb = new DynamoDBClient(dev.settings);
    this.#sfn = new SFNClient(dev.settings);
    this.#s3 = new S3Client({ ...dev.settings, forcePathStyle: true });
  }

  static async of(dev: DevEnvironment, stripe: Stripe): Promise<Bookkeeper> {
    const machines = [...(await dev.resources('Workflow', 'AWS::StepFunctions::StateMachine')).values()];
    const [failedRecords = ''] = (await dev.resources('Workflow', 'AWS::S3::Bucket')).values();
    return new Bookkeeper(dev, stripe, { orders: await dev.output('Orders', 'OrdersTableName'), products: await dev.output('Catalog', 'ProductsTableName'), machines, failedRecords });
  }

  async read(): Promise<Books> {
    return {
      orders: await this.orders(),
      stock: new Map((await this.#items(this.names.products)).map(({ productId, stock }) => [String(productId), Number(stock)])),
      payments: await all(this.stripe.paymentIntents.list({ limit: 100, expand: ['data.latest_charge'] })),
      refunds: await all(this.stripe.refunds.list({ limit: 100 })),
      shipments: await this.#shipments(),
      mails: Mails.parse(await json(`${this.dev.sandboxes.inbox}/mails?environment=${this.dev.name}`)),
      executions: await this.executions(),
      givenUp: ((await this.#s3.send(new ListObjectsV2Command({ Bucket: this.names.failedRecords }))).Contents ?? []).map(({ Key: key = '' }) => key),
    };
  }

  async orders(): Promise<Map<string, OrderRecord>> {
    const orders = (await this.#items(this.names.orders)).map((item) => OrderRecord.parse(item));
    return new Map(orders.map((order) => [order.orderId, order]));
  }

  /** How many orders the workflow is at, or has not come to yet. */
  async workedOn(): Promise<number> {
    const values = Object.fromEntries(WORKED_ON.map((status, index) => [`:s${index}`, { S: status }]));
    let count = 0;
    for await (const page of paginateScan({ client: this.#dynamoDb }, { TableName: this.names.orders, Select: 'COUNT', FilterExpression: `#status IN (${Object.keys(values).join()})`, ExpressionAttributeNames: { '#status': 'status' }, ExpressionAttributeValues: values })) count += page.Count ?? 0;
    return count;
  }

  /** @param status every execution without it */
  async executions(status?: 'RUNNING'): Promise<ExecutionListItem[]> {
    const found: ExecutionListItem[] = [];
    for (const stateMachineArn of this.names.machines) {
      for await (const { executions = [] } of paginateListExecutions({ client: this.#sfn, pageSize: 1_000 }, { stateMachineArn, statusFilter: status })) found.push(...executions);
    }
    return found;
  }

  /** What steps failed with before they went on or their execution did, by the name of the error and how often. */
  async failedAttempts(executions: readonly ExecutionListItem[]): Promise<Map<string, number>> {
    const errors = new Map<string, number>();
    for (const { executionArn } of executions) {
      for await (const { events = [] } of paginateGetExecutionHistory({ client: this.#sfn, pageSize: 1_000 }, { executionArn, includeExecutionData: false })) {
        for (const { taskFailedEventDetails: failed, taskTimedOutEventDetails: timedOut } of events) {
          const error = failed?.error ?? timedOut?.error;
          if (error !== undefined) errors.set(error, (errors.get(error) ?? 0) + 1);
        }
      }
    }
    return errors;
  }

  /** How many webhooks have not arrived yet. */
  async webhooksUnderWay(): Promise<number> {
    const lists = await Promise.all([this.dev.sandboxes.payment, this.dev.sandboxes.carrier].map(async (url) => Deliveries.parse(await json(`${url}/_sandbox/webhooks?limit=${ALL}`))));
    return lists.flat().filter(({ state }) => state === 'pending').length;
  }

  async #items(TableName: string): Promise<Record<string, unknown>[]> {
    const found: Record<string, unknown>[] = [];
    for await (const { Items: items = [] } of paginateScan({ client: this.#dynamoDb }, { TableName, ConsistentRead: true })) found.push(...items.map((item) => fromItem(item)));
    return found;
  }

  async #shipments(): Promise<Shipment[]> {
    const headers = { [CARRIER_API_KEY_HEADER]: await this.dev.providerKey('carrier') };
    const found: Shipment[] = [];
    let cursor: string | undefined;
    do {
      const query = cursor === undefined ? '' : `?cursor=${cursor}`;
      const page = ShipmentPage.parse(await json(`${this.dev.sandboxes.carrier}/v1/shipments${query}`, headers));
      found.push(...page.shipments);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return found;
  }
}

async function json(url: string, headers: Record<string, string> = {}): Promise<unknown> {
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of pages) found.push(item);
  return found;
}
