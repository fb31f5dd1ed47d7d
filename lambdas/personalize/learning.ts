import { BatchGetItemCommand, GetItemCommand, TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { ClickEvent } from '../../contracts/click';
import type { PersonalizeClickType } from '../../contracts/derived/avro';
import { ProductId } from '../../contracts/ids';
import { fromItem, isPassing, toItem } from '../shared/dynamodb';
import { popularList, togetherList } from './lists';
import { visitorKeys } from './visitor';

/** A click that says something about a product. */
export type ProductClick = ClickEvent & { readonly type: PersonalizeClickType; readonly productId: ProductId };

/** What Personalize answered to a click. */
export interface Receipt {
  readonly requestId: string;
  readonly datasetGroup: 'real' | 'synthetic';
}

export interface LearningProps {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly receiptsTable: string;
  readonly interestsTable: string;
  readonly now: () => Date;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

/** The products a visitor dealt with last, newest first. */
const Recent = z.object({ recent: z.array(z.object({ productId: ProductId, synthetic: z.boolean() })), version: z.int() });
type Recent = z.infer<typeof Recent>;

/** How many products of a visitor are remembered, and so with how many a further one is paired. */
export const MOST_RECENT = 8;
const WEIGHTS: Readonly<Record<PersonalizeClickType, number>> = { View: 1, RecommendationClicked: 1, AddToCart: 3, Purchase: 5 };
const DAY_SECONDS = 24 * 60 * 60;
const ATTEMPTS = 6;
const PAUSE_MS = 20;
/** As long as records that were given up on are kept, and may be given to the consumer again. */
const RECEIPT_DAYS = 91;
const VISITOR_DAYS = 30;
const TOGETHER_DAYS = 90;
/** Longer than a release goes through its stages. */
const SYNTHETIC_DAYS = 2;
/** The week before is still read. */
const POPULAR_DAYS = 21;

/**
 * What is known of products and visitors by clicks. Everything that one click changes is one transaction with its receipt,
 * so that a click that comes again changes nothing. A synthetic one changes nothing that others than the gate's shoppers see.
 */
export class Learning {
  constructor(private readonly props: LearningProps) {}

  /** Which of these clicks have a receipt. @param eventIds at most a hundred */
  async known(eventIds: readonly string[]): Promise<ReadonlySet<string>> {
    const { client, receiptsTable } = this.props;
    const ids = [...new Set(eventIds)];
    if (ids.length === 0) return new Set();
    const { Responses: responses = {} } = await client.send(new BatchGetItemCommand({ RequestItems: { [receiptsTable]: { Keys: ids.map((eventId) => toItem({ eventId })), ProjectionExpression: 'eventId', ConsistentRead: true } } }));
    // What DynamoDB left for another time is met as known by the transaction.
    return new Set((responses[receiptsTable] ?? []).flatMap((item) => item['eventId']?.S ?? []));
  }

  /** Whether a visitor has done nothing that is still remembered. */
  async isNew(click: ProductClick): Promise<boolean> {
    const [key = ''] = visitorKeys(click);
    return (await this.#recentOf(key)).version === 0;
  }

  /** @throws Error when others change the same for longer than it is worth waiting for */
  async learn(click: ProductClick, receipt: Receipt): Promise<void> {
    const { client, pause } = this.props;
    const [key = ''] = visitorKeys(click);
    for (let attempt = 1; ; attempt += 1) {
      const before = await this.#recentOf(key);
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems: [this.#receipt(click, receipt), this.#visitor(key, before, click), ...this.#counts(before, click)] }));
        return;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const [ofReceipt, ...others] = (error.CancellationReasons ?? []).map(({ Code: code }) => code);
        if (ofReceipt === 'ConditionalCheckFailed') return;
        if (attempt === ATTEMPTS || ![ofReceipt, ...others].some((code) => code === 'ConditionalCheckFailed' || isPassing(code))) throw error;
        await pause(PAUSE_MS * 2 ** attempt * (0.5 + Math.random() / 2));
      }
    }
  }

  async #recentOf(key: string): Promise<Recent> {
    const { Item: item } = await this.props.client.send(new GetItemCommand({ TableName: this.props.interestsTable, Key: toItem({ key }), ConsistentRead: true }));
    return item ? Recent.parse(fromItem(item)) : { recent: [], version: 0 };
  }

  #expiresIn(days: number): number {
    return Math.floor(this.props.now().getTime() / 1_000) + days * DAY_SECONDS;
  }

  #receipt({ eventId }: ProductClick, receipt: Receipt): TransactWriteItem {
    const item = { eventId, ...receipt, at: this.props.now().toISOString(), expiresAt: this.#expiresIn(RECEIPT_DAYS) };
    return { Put: { TableName: this.props.receiptsTable, Item: toItem(item), ConditionExpression: 'attribute_not_exists(eventId)' } };
  }

  #visitor(key: string, { recent, version }: Recent, { productId, synthetic }: ProductClick): TransactWriteItem {
    const others = recent.filter((one) => one.productId !== productId);
    const item = { key, recent: [{ productId, synthetic }, ...others].slice(0, MOST_RECENT), version: version + 1, expiresAt: this.#expiresIn(VISITOR_DAYS) };
    return { Put: { TableName: this.props.interestsTable, Item: toItem(item), ConditionExpression: version === 0 ? 'attribute_not_exists(version)' : 'version = :version', ...(version > 0 && { ExpressionAttributeValues: toItem({ ':version': version }) }) } };
  }

  /** A pair counts when a visitor comes to its second product, not each time they go to and fro. */
  #counts({ recent }: Recent, { productId, type, receiveTime, synthetic }: ProductClick): TransactWriteItem[] {
    const others = recent.filter((one) => one.synthetic === synthetic).map((one) => one.productId);
    const days = synthetic ? SYNTHETIC_DAYS : TOGETHER_DAYS;
    const pairs = others.includes(productId) ? [] : others.flatMap((other) => [this.#add(togetherList(other, synthetic), productId, 1, days), this.#add(togetherList(productId, synthetic), other, 1, days)]);
    return [...(synthetic ? [] : [this.#add(popularList(productId, Date.parse(receiveTime)), productId, WEIGHTS[type], POPULAR_DAYS)]), ...pairs];
  }

  #add(list: string, productId: ProductId, weight: number, days: number): TransactWriteItem {
    return {
      Update: {
        TableName: this.props.interestsTable,
        Key: toItem({ key: `${list}#${productId}` }),
        UpdateExpression: 'SET #list = :list, productId = :productId, expiresAt = :expiresAt ADD weight :weight',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: toItem({ ':list': list, ':productId': productId, ':expiresAt': this.#expiresIn(days), ':weight': weight }),
      },
    };
  }
}
