import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Product } from '../../contracts/product';
import { expect } from './checks';
import type { Shop } from './shop';

export interface StockProps {
  readonly shop: Pick<Shop, 'call'>;
  readonly tables: Pick<DynamoDBDocumentClient, 'send'>;
  readonly productsTable: string;
}

/** What is there to be sold. */
export class Stock {
  constructor(private readonly props: StockProps) {}

  /** @returns what can be bought, as the shop says, that of which there is most first; one at least */
  async most(): Promise<[Product, ...Product[]]> {
    const { products } = await this.props.shop.call('listProducts', { query: { limit: '100' } });
    const [best, ...others] = products.filter(({ stock }) => stock > 0).toSorted((a, b) => b.stock - a.stock);
    expect(best !== undefined, 'Nothing is in stock.');
    return [best, ...others];
  }

  /** @returns how many pieces there are, by the table */
  async of(productId: string): Promise<number> {
    const { tables, productsTable } = this.props;
    const { Item: product } = await tables.send(new GetCommand({ TableName: productsTable, Key: { productId }, ConsistentRead: true }));
    return Number(product?.stock);
  }
}

/** Of how many products a piece has to be missing before it counts as lost. */
const TRIES = 3;

/**
 * Others may buy the same meanwhile, on a stage that people use: less is in stock then, though nothing is missing. What an
 * order keeps is missing whatever it is of, so that another product is tried before anything is said.
 *
 * @param undo buys a piece of the product and has it given back
 * @throws Error that says what was in stock before and after
 */
export async function expectStockBack(stock: Pick<Stock, 'most' | 'of'>, undo: (productId: string) => Promise<void>): Promise<void> {
  const short: string[] = [];
  for (const { productId } of (await stock.most()).slice(0, TRIES)) {
    const before = await stock.of(productId);
    await undo(productId);
    const now = await stock.of(productId);
    if (now >= before) return;
    short.push(`${before} of ${productId} were in stock before, ${now} are after.`);
  }
  throw new Error(short.join(' '));
}
