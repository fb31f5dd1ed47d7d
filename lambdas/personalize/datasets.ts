import { PutItemsCommand, PutUsersCommand } from '@aws-sdk/client-personalize-events';
import type { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import type { CustomerId } from '../../contracts/ids';
import type { Instant } from '../../contracts/instant';
import type { Product } from '../../contracts/product';

type Client = Pick<PersonalizeEventsClient, 'send'>;

/** https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_PutItems.html */
const MOST_ITEMS = 10;

/** What Personalize knows of products. Names are those of its schema in camel case. */
export const itemOf = ({ category, vendor, price, active }: Product): string => JSON.stringify({ category, vendor, price: price.amount, active });

/** The items datasets of Personalize, which are all told the same: customers and the gate's shoppers see one catalogue. */
export class Items {
  constructor(private readonly props: { readonly client: Client; readonly datasetArns: readonly string[] }) {}

  /** @throws Error when Personalize did not take all of them; those it took may be put again */
  async put(products: readonly Product[]): Promise<void> {
    const { client, datasetArns } = this.props;
    for (let from = 0; from < products.length; from += MOST_ITEMS) {
      const items = products.slice(from, from + MOST_ITEMS).map((product) => ({ itemId: product.productId, properties: itemOf(product) }));
      await Promise.all(datasetArns.map(async (datasetArn) => client.send(new PutItemsCommand({ datasetArn, items }))));
    }
  }
}

/** The users datasets of Personalize: customers, and beside them the gate's shoppers. */
export class Users {
  constructor(private readonly props: { readonly client: Client; readonly datasetArns: Readonly<Record<'real' | 'synthetic', string>> }) {}

  /** @throws Error when Personalize did not take them */
  async put({ userId, seenSince, synthetic }: { readonly userId: CustomerId; readonly seenSince: Instant; readonly synthetic: boolean }): Promise<void> {
    const { client, datasetArns } = this.props;
    const properties = JSON.stringify({ seenSince: Math.floor(Date.parse(seenSince) / 1_000) });
    await client.send(new PutUsersCommand({ datasetArn: datasetArns[synthetic ? 'synthetic' : 'real'], users: [{ userId, properties }] }));
  }
}
