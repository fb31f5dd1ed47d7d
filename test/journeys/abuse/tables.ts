import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromItem } from '../../../lambdas/shared/dynamodb';
import { eventually } from '../../support/eventually';
import type { DevEnvironment } from '../devEnvironment';

const STACKS = ['Catalog', 'Orders', 'Workflow'];

/** Every item of every table, as text, by the table's logical id. */
export type Contents = Readonly<Record<string, readonly string[]>>;

/** Every table of the shop, as the stacks have made them. */
export class Tables {
  private constructor(
    private readonly client: DynamoDBClient,
    private readonly names: readonly (readonly [string, string])[],
  ) {}

  static async of(dev: DevEnvironment): Promise<Tables> {
    const found = await Promise.all(STACKS.map((stack) => dev.resources(stack, 'AWS::DynamoDB::Table')));
    const names = found.flatMap((tables) => [...tables]);
    if (names.length < 5) throw new Error(`The shop has products, quotes, orders, requests and waits, and more may come; found: ${names.map(([id]) => id).join(', ')}`);
    return new Tables(new DynamoDBClient(dev.settings), names);
  }

  async contents(): Promise<Contents> {
    return Object.fromEntries(await Promise.all(this.names.map(async ([id, TableName]) => [id, await this.#items(TableName)] as const)));
  }

  /** What they hold once nothing changes any more: the workflow has done with the orders that are there. */
  async atRest(): Promise<Contents> {
    let before = await this.contents();
    return eventually(async () => {
      await sleep(2_000);
      const now = await this.contents();
      const rests = JSON.stringify(now) === JSON.stringify(before);
      before = now;
      return rests && now;
    });
  }

  async #items(TableName: string): Promise<string[]> {
    const items: string[] = [];
    for await (const { Items = [] } of paginateScan({ client: this.client }, { TableName, ConsistentRead: true })) items.push(...Items.map((item) => JSON.stringify(fromItem(item))));
    return items.toSorted();
  }
}
