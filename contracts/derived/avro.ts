import type * as z from 'zod/mini';
import type { ClickType } from '../click';
import { ClickEvent } from '../click';
import { Product } from '../product';
import { fieldsOf, kindOf, storedSchema } from './fields';
import type { Kind } from './fields';

/**
 * What Personalize is told of. Distinct event types and metadata columns together may be ten at most:
 * https://docs.aws.amazon.com/personalize/latest/dg/limits.html.
 */
export const PERSONALIZE_CLICK_TYPES = ['View', 'AddToCart', 'Purchase', 'RecommendationClicked'] as const satisfies readonly ClickType[];
export type PersonalizeClickType = (typeof PERSONALIZE_CLICK_TYPES)[number];

export const isOfPersonalize = (type: ClickType): type is PersonalizeClickType => PERSONALIZE_CLICK_TYPES.some((known) => known === type);

type AvroType = 'string' | 'long' | 'boolean';
export interface AvroSchema {
  readonly type: 'record';
  readonly name: 'Interactions' | 'Items' | 'Users';
  readonly namespace: string;
  readonly fields: readonly { readonly name: string; readonly type: AvroType | readonly ['null', AvroType]; readonly categorical?: true }[];
  readonly version: string;
}

/**
 * Which member of a click is which field of an interaction; the names in capitals before PRICE are Personalize's own
 * (https://docs.aws.amazon.com/personalize/latest/dg/how-it-works-dataset-schema.html). USER_ID is the user's id where
 * they have signed in, the visitor's otherwise.
 */
const INTERACTION = {
  USER_ID: 'anonymousId',
  ITEM_ID: 'productId',
  EVENT_TYPE: 'type',
  TIMESTAMP: 'eventTime',
  RECOMMENDATION_ID: 'recommendationId',
  PRICE: 'price.amount',
  QUANTITY: 'quantity',
} as const;
/** What Personalize knows of a product. Its stock changes with each order: what is sold out is left out of the answer, not of the model. */
const ITEM = { ITEM_ID: 'productId', CATEGORY: 'category', VENDOR: 'vendor', PRICE: 'price.amount', ACTIVE: 'active' } as const;
/** A user is an id, and since when they have been coming without a month's break: who they are is nobody else's business. */
const USER = { USER_ID: 'userId', SEEN_SINCE: 'receiveTime' } as const;
/** These no interaction may lack; a click without a product is none. */
const REQUIRED: ReadonlySet<string> = new Set(['USER_ID', 'ITEM_ID', 'EVENT_TYPE', 'TIMESTAMP', 'CATEGORY']);

/** TIMESTAMP is in Unix seconds. */
const AVRO_TYPES: Readonly<Record<Exclude<Kind, 'list'>, AvroType>> = { text: 'string', instant: 'long', integer: 'long', boolean: 'boolean' };

/** The schema of Personalize's interactions dataset. */
export const interactionsSchema = (): AvroSchema => schemaOf('Interactions', ClickEvent, INTERACTION);

/** The schema of Personalize's items dataset. */
export const itemsSchema = (): AvroSchema => schemaOf('Items', Product, ITEM);

/** The schema of Personalize's users dataset. */
export const usersSchema = (): AvroSchema => schemaOf('Users', ClickEvent, USER);

function schemaOf(dataset: AvroSchema['name'], contract: z.ZodMiniType, members: Readonly<Record<string, string>>): AvroSchema {
  const fields = new Map(fieldsOf(storedSchema(contract)).map((field) => [field.path.join('.'), field]));
  return {
    type: 'record',
    name: dataset,
    namespace: 'com.amazonaws.personalize.schema',
    fields: Object.entries(members).map(([name, path]) => {
      const field = fields.get(path);
      const kind = field && kindOf(field.schema);
      if (kind === undefined || kind === 'list') throw new Error(`The contract has no ${path} that could be the ${name} of ${dataset}`);
      const type = AVRO_TYPES[kind];
      return { name, type: REQUIRED.has(name) ? type : ['null', type], ...(dataset === 'Items' && type === 'string' && name !== 'ITEM_ID' && { categorical: true }) };
    }),
    version: '1.0',
  };
}
