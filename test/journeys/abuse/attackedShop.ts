import { randomUUID } from 'node:crypto';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ORIGIN_SECRET_HEADER } from '../../../contracts/headers';
import { OPERATORS_GROUP } from '../../../contracts/operations';
import type { Order } from '../../../contracts/order';
import { Shop } from '../../../pipeline/gate/shop';
import { Shoppers } from '../../../pipeline/gate/shoppers';
import { eventually } from '../../support/eventually';
import type { DevEnvironment } from '../devEnvironment';
import { SignInPages } from '../signIn';
import type { Person, SignedIn } from '../signIn';
import { Tables } from './tables';

export const PRODUCT = 'stoneware-mug-sage';
export const ADDRESS = { name: 'Ada Lovelace', line1: 'Unter den Linden 1', postalCode: '10117', city: 'Berlin', country: 'DE' };

/** Somebody who is signed in. */
export interface Someone extends SignedIn {
  readonly person: Person;
}

/** Dev with people in it, and a confirmed order that others are after. */
export class AttackedShop {
  private constructor(
    readonly dev: DevEnvironment,
    readonly shop: Shop,
    readonly pages: SignInPages,
    readonly tables: Tables,
    /** Whose order it is. */
    readonly customer: Someone,
    readonly stranger: Someone,
    readonly operator: Someone,
    /** A shopper of the gate's, signed in by the API. */
    readonly gateToken: string,
    readonly order: Order,
    /** The order's payment, by its name at the provider. */
    readonly intentId: string,
    /** The API's own address and CloudFront's way to be let in there, past the firewall. */
    readonly behind: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
    /** The key that the order was made with. */
    readonly idempotencyKey: string,
  ) {}

  static async open(dev: DevEnvironment): Promise<AttackedShop> {
    const siteUrl = (await dev.output('Edge', 'SiteUrl')).replace(/\/$/, '');
    const pages = await SignInPages.of(dev, siteUrl);
    const [customer, stranger, operator] = [await signedIn(pages), await signedIn(pages), await signedIn(pages, OPERATORS_GROUP)];
    const gate = await new Shoppers(new CognitoIdentityProviderClient(dev.settings), pages.userPoolId, await dev.output('Edge', 'GateClientId')).signUp();
    await fetch(`${dev.sandboxes.carrier}/_sandbox/pace`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ hold: true }) });
    const shop = new Shop(siteUrl);
    const idempotencyKey = randomUUID();
    const ordered = await submit(shop, customer, await quote(shop), idempotencyKey);
    // A list of two has a first page.
    await submit(shop, customer, await quote(shop), randomUUID());
    const order = await eventually(async () => {
      const now = await shop.call('getOrder', { token: customer.accessToken, pathParameters: { orderId: ordered.orderId } });
      return now.status === 'CONFIRMED' && now;
    });
    const { payment } = await shop.call('showOrder', { token: operator.accessToken, pathParameters: { orderId: order.orderId } });
    return new AttackedShop(dev, shop, pages, await Tables.of(dev), customer, stranger, operator, gate.accessToken, order, payment.intentId ?? '', await behindCloudFront(dev), idempotencyKey);
  }
}

async function signedIn(pages: SignInPages, group?: string): Promise<Someone> {
  const person = await pages.newPerson(group);
  return { person, ...(await pages.signIn(person)) };
}

async function behindCloudFront(dev: DevEnvironment): Promise<AttackedShop['behind']> {
  const [SecretId] = [...(await dev.resources('Edge', 'AWS::SecretsManager::Secret')).values()];
  const { SecretString: secret = '' } = await new SecretsManagerClient(dev.settings).send(new GetSecretValueCommand({ SecretId }));
  return { url: await dev.output('Edge', 'ApiUrl'), headers: { [ORIGIN_SECRET_HEADER]: secret } };
}

/** The id of a quote for one piece. */
export const quote = async (shop: Shop): Promise<string> => (await shop.call('createQuote', { body: { lines: [{ productId: PRODUCT, quantity: 1 }], shippingCountry: ADDRESS.country } })).quoteId;

const submit = (shop: Shop, { accessToken: token }: SignedIn, quoteId: string, idempotencyKey: string): Promise<Order> =>
  shop.call('submitOrder', { token, idempotencyKey, body: { quoteId, shippingAddress: ADDRESS, paymentMethod: 'pm_card_visa' } });
