import { randomUUID } from 'node:crypto';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { Shop } from '../../../pipeline/gate/shop';
import { Shoppers, type Shopper } from '../../../pipeline/gate/shoppers';
import type { LanguageCode } from '../../../contracts/language';
import type { Order, OrderWithAction } from '../../../contracts/order';
import type { OrderStatus } from '../../../contracts/order-status';
import { website } from '../../../stages/environments';
import { eventually } from '../../support/eventually';
import type { RunningWebsite } from './runningWebsite';

export const address = { name: 'Ada Lovelace', line1: 'Unter den Linden 1', postalCode: '10117', city: 'Berlin', country: 'DE' };

/** By default one piece, a card that works, and English. */
export interface Ordering {
  readonly quantity?: number;
  readonly paymentMethod?: string;
  readonly language?: LanguageCode;
}

/** Dev as its customers reach it, with customers to be had. */
export interface DevShop {
  readonly url: string;
  readonly shop: Shop;
  customer(): Promise<Shopper>;
  /** A quote for one line, shipped to Germany; its id. */
  quote(productId: string, quantity?: number): Promise<string>;
  /** A quote and the order for it. */
  order(customer: Shopper, productId: string, ordering?: Ordering): Promise<Order>;
  /** The customer's order, once it has this status. */
  orderWith(status: OrderStatus, customer: Shopper, orderId: string): Promise<OrderWithAction>;
}

export async function devShop(running: RunningWebsite): Promise<DevShop> {
  const account = website.environments.find(({ name }) => name === 'Dev')?.account ?? '';
  return shopOf(new CognitoIdentityProviderClient(running.settings(account)), (stack, output) => running.output('Dev', stack, output));
}

/** @param output an output of one of the environment's stacks */
export async function shopOf(cognito: CognitoIdentityProviderClient, output: (stack: string, output: string) => Promise<string>): Promise<DevShop> {
  const url = await output('Edge', 'SiteUrl');
  const shoppers = new Shoppers(cognito, await output('Auth', 'UserPoolId'), await output('Edge', 'GateClientId'));
  const shop = new Shop(url.replace(/\/$/, ''));
  const quote = async (productId: string, quantity = 1): Promise<string> =>
    (await shop.call('createQuote', { body: { lines: [{ productId, quantity }], shippingCountry: 'DE' } })).quoteId;
  return {
    url,
    shop,
    quote,
    customer: () => shoppers.signUp(),
    order: async (customer, productId, { quantity = 1, paymentMethod = 'pm_card_visa', language } = {}) =>
      shop.call('submitOrder', { token: customer.accessToken, idempotencyKey: randomUUID(), body: { quoteId: await quote(productId, quantity), shippingAddress: address, paymentMethod, language } }),
    orderWith: (status, { accessToken: token }, orderId) =>
      eventually(async () => {
        const order = await shop.call('getOrder', { token, pathParameters: { orderId } });
        if (order.status !== status) throw new Error(`Order ${orderId} is ${order.status}, not ${status}: ${order.timeline.map(({ event }) => event).join(', ')}`);
        return order;
      }, 120),
  };
}
