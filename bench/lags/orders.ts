import { randomUUID } from 'node:crypto';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { ownOrderSearch } from '../../pipeline/gate/hops/order-sinks';
import { Shop } from '../../pipeline/gate/shop';
import { Shoppers } from '../../pipeline/gate/shoppers';
import type { DevEnvironment } from '../orders/devEnvironment';
import { address } from '../orders/shoppers';
import { Arrivals } from './arrivals';
import { steadily, WARMING, type Load } from './steadily';

/** Of a product there has to be enough for its share of the orders. */
const ENOUGH = 40;

/** Orders of one customer, in turns of every product that there is enough of, so that none waits for another's stock. @returns lags in milliseconds */
export async function orderLags(dev: DevEnvironment, load: Load, signal: AbortSignal): Promise<readonly number[]> {
  const shop = new Shop(await dev.output('Edge', 'SiteUrl'));
  const shopper = await new Shoppers(new CognitoIdentityProviderClient(dev.settings), await dev.output('Auth', 'UserPoolId'), await dev.output('Edge', 'GateClientId')).signUp();
  const { products } = await shop.call('listProducts', { query: { limit: '100' } });
  const plenty = products.filter(({ stock }) => stock >= ENOUGH);

  const place = async (index: number, arrivals: Arrivals): Promise<void> => {
    const productId = plenty[index % plenty.length]?.productId;
    const { quoteId } = await shop.call('createQuote', { body: { lines: [{ productId, quantity: 1 }], shippingCountry: 'DE' } });
    const body = { quoteId, shippingAddress: address, email: shopper.email, paymentMethod: 'pm_card_visa' };
    const { orderId } = await shop.call('submitOrder', { token: shopper.accessToken, idempotencyKey: randomUUID(), body });
    arrivals.sent({ id: orderId, at: Date.now() });
  };
  const lagsOf = async (orders: Load): Promise<readonly number[]> => {
    const arrivals = new Arrivals(ownOrderSearch({ shop, shopper }));
    const [lags] = await Promise.all([arrivals.all(orders.count, signal), steadily(orders, signal, (index) => place(index, arrivals))]);
    return lags;
  };
  await lagsOf({ ...load, count: WARMING });
  return lagsOf(load);
}
