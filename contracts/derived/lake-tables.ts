import type * as z from 'zod/mini';
import { ClickEvent } from '../click';
import { OrderEvent } from '../order';
import { PricedLine } from '../quote';
import { fieldsOf, kindOf, storedSchema } from './fields';
import type { Field } from './fields';
import type { GlueColumn } from './glue-columns';
import { isPersonal } from './personal';
import { snakeCase } from './snake-case';

const TYPES = { text: 'string', instant: 'timestamp', integer: 'bigint', boolean: 'boolean' } as const;

function columnOf({ path, schema }: Field): GlueColumn | undefined {
  const kind = kindOf(schema);
  return kind === 'list' || isPersonal(path) ? undefined : { name: snakeCase(path), type: TYPES[kind] };
}

const columnsOf = (contract: z.ZodMiniType): readonly GlueColumn[] => fieldsOf(storedSchema(contract)).flatMap((field) => columnOf(field) ?? []);

const columns = (types: Readonly<Record<string, string>>): readonly GlueColumn[] => Object.entries(types).map(([name, type]) => ({ name, type }));

/** How the processed tables are partitioned: by the day of the event, in UTC. */
export const DAY: GlueColumn = { name: 'day', type: 'string' };

/**
 * The lake's processed tables, Parquet by day, without what is personal. Money is in minor units. app/lake/jobs writes them, and
 * its tests compare.
 */
export const LAKE_TABLES = {
  /** One row a click, however often it came. */
  clicks: columnsOf(ClickEvent),
  /** One row an order, as it stood last. */
  orders: columnsOf(OrderEvent),
  /** One row a line of an order. */
  order_lines: [...columns({ order_id: 'string', created_at: 'timestamp' }), ...columnsOf(PricedLine), ...columns({ payment_captured_amount: 'bigint', synthetic: 'boolean' })],
  /** One row a session, as far as it was on this day. Of synthetic shoppers nothing is here, nor in what follows. */
  sessions: columns({
    session_id: 'string', anonymous_id: 'string', user_id: 'string', began_at: 'timestamp', ended_at: 'timestamp', duration_seconds: 'double',
    views: 'bigint', adds_to_cart: 'bigint', checkouts: 'bigint', searches: 'bigint', orders: 'bigint',
  }),
  /** One row a currency: what the day came to. An order counts once money was captured; revenue is less what was paid back. */
  figures: columns({
    currency: 'string', sessions: 'bigint', visitors: 'bigint', average_session_seconds: 'double', conversion: 'double',
    orders: 'bigint', items: 'bigint', average_basket_items: 'double', average_order_amount: 'double', revenue_amount: 'bigint',
  }),
  /** One row a vendor and currency; what was sold, net, before anything was paid back. */
  vendors: columns({ vendor: 'string', currency: 'string', orders: 'bigint', items: 'bigint', sold_amount: 'bigint' }),
  /** One row a product and hour in which it was looked at or bought. */
  product_hours: columns({
    product_id: 'string', hour: 'int', views: 'bigint', viewing_sessions: 'bigint', adds_to_cart: 'bigint', orders: 'bigint', items: 'bigint', conversion: 'double',
  }),
  /** For each product others of the same sessions; `score` is their cosine, 0 to 1, and `place` begins at 1. */
  similar_items: columns({ product_id: 'string', place: 'int', similar_product_id: 'string', sessions_together: 'bigint', score: 'double' }),
} as const;
export type LakeTable = keyof typeof LAKE_TABLES;
