import * as z from 'zod/mini';
import { ShippingAddress } from '../address';
import { ClickBatch, ClicksTaken } from '../click';
import { OrderId, ProductId, QuoteId } from '../ids';
import { Instant } from '../instant';
import { Money } from '../money';
import {
  AttendRequest,
  AttentionPage,
  OperatorOrder,
  OperatorOrderWithExecutions,
  OrderExecution,
  OrderInNeed,
  RefundRequest,
  ResendMailRequest,
  RetryRequest,
} from '../operations';
import { CancelOrderRequest, Order, OrderPage, OrderPayment, OrderShipment, OrderSummary, OrderWithAction, SubmitOrderRequest, TimelineEntry } from '../order';
import { Act, Concern, Undoing } from '../order-record';
import { OrderStatus } from '../order-status';
import { Problem, ProblemDetail } from '../problem';
import { Category, CategoryList, Product, ProductPage } from '../product';
import { PricedLine, Quote, QuoteRequest } from '../quote';

/** What API Gateway itself refuses with. */
const GatewayRefusal = z.object({ message: z.string() });

const ANSWERED = {
  Money,
  Instant,
  OrderId,
  QuoteId,
  ProductId,
  OrderStatus,
  Product,
  ProductPage,
  Category,
  CategoryList,
  PricedLine,
  Quote,
  ShippingAddress,
  Order,
  OrderWithAction,
  OrderPayment,
  OrderShipment,
  TimelineEntry,
  OrderSummary,
  OrderPage,
  OperatorOrder,
  OperatorOrderWithExecutions,
  OrderExecution,
  Undoing,
  Concern,
  Act,
  OrderInNeed,
  AttentionPage,
  ClicksTaken,
  ProblemDetail,
  Problem,
  GatewayRefusal,
};
const SENT = { QuoteRequest, SubmitOrderRequest, CancelOrderRequest, RefundRequest, RetryRequest, ResendMailRequest, AttendRequest, ClickBatch };

const named = registryOf({ ...ANSWERED, ...SENT });

export type JsonObject = Readonly<Record<string, unknown>>;

/** The schemas that have a name, each by it. */
export const components = (): JsonObject => ({ ...componentsOf(ANSWERED, 'output'), ...componentsOf(SENT, 'input') });

/** A schema by its name where it has one, else itself. */
export function schemaOf(schema: z.ZodMiniType): JsonObject {
  const id = named.get(schema)?.id;
  if (id !== undefined) return refTo(id);
  return withoutDialect(z.toJSONSchema(schema, { override: withoutOwnRange }));
}

/** OpenAPI 3.1 has JSON Schema's own dialect. */
const withoutDialect = ({ $schema: _dialect, ...schema }: JsonObject): JsonObject => schema;

export const refTo = (id: keyof typeof ANSWERED | keyof typeof SENT | (string & {})): JsonObject => ({ $ref: uriOf(id) });

const uriOf = (id: string): string => `#/components/schemas/${id}`;

function registryOf(schemas: Readonly<Record<string, z.ZodMiniType>>) {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  return registry;
}

/** @param io which side of a contract's defaults and conversions: what is sent, or what comes of it */
function componentsOf(schemas: Readonly<Record<string, z.ZodMiniType>>, io: 'input' | 'output'): JsonObject {
  const { schemas: converted } = z.toJSONSchema(registryOf(schemas), { io, uri: uriOf, override: withoutOwnRange });
  return Object.fromEntries(Object.entries(converted).map(([id, { $id: _id, ...schema }]) => [id, withoutDialect(schema)]));
}

/** `z.int()` states the range of its own type. */
function withoutOwnRange({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}
