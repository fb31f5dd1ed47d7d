import type { ClickType } from '../click';
import { ClickEvent } from '../click';
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
  readonly name: string;
  readonly namespace: string;
  readonly fields: readonly { readonly name: string; readonly type: AvroType | readonly ['null', AvroType] }[];
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
/** These no interaction may lack; a click without a product is none. */
const REQUIRED: ReadonlySet<string> = new Set(['USER_ID', 'ITEM_ID', 'EVENT_TYPE', 'TIMESTAMP']);

/** TIMESTAMP is in Unix seconds. */
const AVRO_TYPES: Readonly<Record<Exclude<Kind, 'list'>, AvroType>> = { text: 'string', instant: 'long', integer: 'long', boolean: 'boolean' };

/** The schema of Personalize's interactions dataset. */
export function interactionsSchema(): AvroSchema {
  const fields = new Map(fieldsOf(storedSchema(ClickEvent)).map((field) => [field.path.join('.'), field]));
  return {
    type: 'record',
    name: 'Interactions',
    namespace: 'com.amazonaws.personalize.schema',
    fields: Object.entries(INTERACTION).map(([name, path]) => {
      const field = fields.get(path);
      const kind = field && kindOf(field.schema);
      if (kind === undefined || kind === 'list') throw new Error(`The click has no ${path} that could be the ${name} of an interaction`);
      const type = AVRO_TYPES[kind];
      return { name, type: REQUIRED.has(name) ? type : ['null', type] };
    }),
    version: '1.0',
  };
}
