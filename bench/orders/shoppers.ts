import { randomUUID } from 'node:crypto';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { IDEMPOTENCY_KEY_HEADER } from '../../contracts/headers';
import { ROUTES } from '../../contracts/http';
import { Shop } from '../../pipeline/gate/shop';
import { Shoppers } from '../../pipeline/gate/shoppers';
import type { DevEnvironment } from './devEnvironment';

const PLENTY = 1_000_000;
export const address = { name: 'Bench Shopper', line1: 'Teststrasse 1', postalCode: '10115', city: 'Berlin', country: 'DE' };

/** What one shopper orders in one go: an order for each quote, one after the other. */
export interface Basket {
  readonly token: string;
  readonly quoteIds: readonly string[];
}

/** Shoppers of an environment, each with a product of their own, so that no order waits for another's stock. */
export class BenchShoppers {
  readonly #shop: Shop;
  readonly #shoppers: readonly { readonly token: string; readonly productId: string }[];

  private constructor(shop: Shop, shoppers: readonly { token: string; productId: string }[]) {
    this.#shop = shop;
    this.#shoppers = shoppers;
  }

  static async signUp(count: number, dev: DevEnvironment): Promise<BenchShoppers> {
    const shop = new Shop(await dev.output('Edge', 'SiteUrl'));
    const shoppers = new Shoppers(new CognitoIdentityProviderClient(dev.settings), await dev.output('Auth', 'UserPoolId'), await dev.output('Edge', 'GateClientId'));
    const tables = new DynamoDBClient(dev.settings);
    const products = await dev.table('Catalog', 'Products');
    const { products: found } = await shop.call('listProducts');
    const signedUp = found.slice(0, count).map(async ({ productId }) => {
      await tables.send(
        new UpdateItemCommand({ TableName: products, Key: { productId: { S: productId } }, UpdateExpression: 'SET stock = :plenty', ExpressionAttributeValues: { ':plenty': { N: String(PLENTY) } } }),
      );
      return { token: (await shoppers.signUp()).accessToken, productId };
    });
    return new BenchShoppers(shop, await Promise.all(signedUp));
  }

  /** Baskets for `clients` shoppers who place `orders` orders in all; every order has a quote of its own. */
  baskets(clients: number, orders: number): Promise<Basket[]> {
    return Promise.all(
      this.#shoppers.slice(0, clients).map(async ({ token, productId }) => {
        const quoteIds: string[] = [];
        while (quoteIds.length < orders / clients) {
          const { quoteId } = await this.#shop.call('createQuote', { body: { lines: [{ productId, quantity: 1 }], shippingCountry: 'DE' } });
          quoteIds.push(quoteId);
        }
        return { token, quoteIds };
      }),
    );
  }
}

/** Places every order of the baskets, all shoppers side by side. @returns orders a second */
export async function placeOrders(url: string, baskets: readonly Basket[], signal: AbortSignal): Promise<number> {
  const { method, path, status } = ROUTES.submitOrder;
  const start = performance.now();
  await Promise.all(
    baskets.map(async ({ token, quoteIds }) => {
      for (const quoteId of quoteIds) {
        signal.throwIfAborted();
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'user-agent': 'website-pipeline-bench', [IDEMPOTENCY_KEY_HEADER]: randomUUID() };
        const response = await fetch(`${url}${path}`, { method, headers, body: JSON.stringify({ quoteId, shippingAddress: address, paymentMethod: 'pm_card_visa' }) });
        const text = await response.text();
        if (response.status !== status) throw new Error(`${url}${path} answered ${response.status}: ${text.slice(0, 500)}`);
      }
    }),
  );
  const placed = baskets.reduce((count, { quoteIds }) => count + quoteIds.length, 0);
  return placed / ((performance.now() - start) / 1_000);
}
