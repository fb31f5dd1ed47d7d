import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Interest, Interests, InterestsQuery } from '../../contracts/account';
import { ProductId } from '../../contracts/ids';
import type { CustomerId } from '../../contracts/ids';
import { toInstant } from '../../contracts/instant';
import { fromItem, toItem } from '../shared/dynamodb';
import { visitorKeys } from './visitor';

const Row = z.object({ recent: z.array(z.object({ productId: ProductId })), expiresAt: z.number() });

/** What the interests table has under a customer's key, and under the id of the browser that they ask from. */
export class OwnInterests {
  constructor(
    private readonly client: Pick<DynamoDBClient, 'send'>,
    private readonly tableName: string,
  ) {}

  async of(userId: CustomerId, { anonymousId }: InterestsQuery): Promise<Interests> {
    const rows = await Promise.all([this.#rows('account', visitorKeys({ userId })), this.#rows('browser', visitorKeys({ anonymousId }))]);
    return { interests: rows.flat() };
  }

  async #rows(of: Interest['of'], keys: readonly string[]): Promise<Interest[]> {
    const found = await Promise.all(keys.map((key) => this.client.send(new GetItemCommand({ TableName: this.tableName, Key: toItem({ key }) }))));
    return found.flatMap(({ Item: item }) => (item ? interestOf(of, Row.parse(fromItem(item))) : []));
  }
}

const interestOf = (of: Interest['of'], { recent, expiresAt }: z.infer<typeof Row>): Interest => ({
  of,
  products: recent.map(({ productId }) => productId),
  keptUntil: toInstant(new Date(expiresAt * 1_000)),
});
