import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { OPERATORS_GROUP } from '../../../contracts/operations';
import type { OperatorOrderWithExecutions, OrderInNeed } from '../../../contracts/operations';
import type { Order } from '../../../contracts/order';
import type { Shopper } from '../../../pipeline/gate/shoppers';
import { toItem } from '../../../lambdas/shared/dynamodb';
import { eventually } from '../../support/eventually';
import type { DevEnvironment } from '../devEnvironment';
import { SignInPages } from '../signIn';
import { shopOf } from '../website/customers';
import type { DevShop, Ordering } from '../website/customers';
import { Outside } from '../website/outside';

const PRODUCT = 'stoneware-mug-sage';

/** An order and whose it is. */
export interface Placed {
  readonly customer: Shopper;
  readonly order: Order;
  readonly orderId: string;
}

/** Dev with an operator in it, whose parcels move only when they are told to. */
export class OperatedShop {
  private constructor(
    readonly dev: DevEnvironment,
    readonly shop: DevShop,
    readonly outside: Outside,
    readonly cognito: CognitoIdentityProviderClient,
    readonly ordersTable: string,
    private readonly token: string,
  ) {}

  static async open(dev: DevEnvironment): Promise<OperatedShop> {
    const cognito = new CognitoIdentityProviderClient(dev.settings);
    const shop = await shopOf(cognito, (stack, output) => dev.output(stack, output));
    const pages = await SignInPages.of(dev, shop.url.replace(/\/$/, ''));
    const { accessToken } = await pages.signIn(await pages.newPerson(OPERATORS_GROUP));
    const outside = new Outside(dev.ports);
    await outside.holdParcels(true);
    return new OperatedShop(dev, shop, outside, cognito, await dev.output('Orders', 'OrdersTableName'), accessToken);
  }

  async place(ordering: Ordering = {}): Promise<Placed> {
    const customer = await this.shop.customer();
    const order = await this.shop.order(customer, PRODUCT, ordering);
    return { customer, order, orderId: order.orderId };
  }

  async confirmed(ordering: Ordering = {}): Promise<Placed> {
    const placed = await this.place(ordering);
    await this.shop.orderWith('CONFIRMED', placed.customer, placed.orderId);
    return placed;
  }

  async cancel({ customer, orderId }: Placed): Promise<void> {
    await this.shop.shop.call('cancelOrder', { token: customer.accessToken, pathParameters: { orderId }, body: {} });
  }

  shown(orderId: string): Promise<OperatorOrderWithExecutions> {
    return this.shop.shop.call('showOrder', { token: this.token, pathParameters: { orderId } });
  }

  async retry(orderId: string, reason: string): Promise<void> {
    await this.shop.shop.call('retryOrder', { token: this.token, pathParameters: { orderId }, body: { reason } });
  }

  /** Why the order is on the operators' list, once it is. */
  concernsOf(orderId: string): Promise<OrderInNeed['concerns']> {
    return eventually(async () => (await this.shop.shop.call('listAttention', { token: this.token })).orders.find((order) => order.orderId === orderId)?.concerns);
  }

  /** Nobody has written to it for so long that nothing more comes by itself. */
  async letRest(orderId: string, minutes: number): Promise<void> {
    const then = new Date(Date.now() - minutes * 60_000).toISOString();
    await new DynamoDBClient(this.dev.settings).send(
      new UpdateItemCommand({ TableName: this.ordersTable, Key: toItem({ orderId }), UpdateExpression: 'SET createdAt = :then, updatedAt = :then', ExpressionAttributeValues: toItem({ ':then': then }) }),
    );
  }

  /** Whether changes of orders reach what starts their executions. */
  async listen(enabled: boolean): Promise<void> {
    const [mapping = ''] = (await this.dev.resources('Workflow', 'AWS::Lambda::EventSourceMapping')).values();
    await this.dev.aws('lambda', 'update-event-source-mapping', '--uuid', mapping, enabled ? '--enabled' : '--no-enabled');
  }
}
