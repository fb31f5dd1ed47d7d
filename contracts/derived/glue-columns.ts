import type * as z from 'zod/mini';
import { ClickEvent } from '../click';
import { kindOf, storedSchema } from './fields';
import type { JsonSchema } from './fields';

/** A column of a table in the Glue catalogue, its type in Hive's notation. */
export interface GlueColumn {
  readonly name: string;
  readonly type: string;
}

/** Instants stay text in JSON lines: the JSON SerDe reads no zone (https://docs.aws.amazon.com/athena/latest/ug/openx-json-serde.html). */
function typeOf(schema: JsonSchema): string {
  if (schema.properties) return `struct<${Object.entries(schema.properties).map(([name, member]) => `${name.toLowerCase()}:${typeOf(member)}`).join(',')}>`;
  switch (kindOf(schema)) {
    case 'text':
    case 'instant':
      return 'string';
    case 'integer':
      return 'bigint';
    case 'boolean':
      return 'boolean';
    case 'list':
      return `array<${typeOf(schema.items ?? {})}>`;
  }
}

/** Hive knows small letters only, so names are folded here, where it can be seen. */
export const glueColumns = (contract: z.ZodMiniType): readonly GlueColumn[] =>
  Object.entries(storedSchema(contract).properties ?? {}).map(([name, schema]) => ({ name: name.toLowerCase(), type: typeOf(schema) }));

export const CLICK_TABLE_COLUMNS = glueColumns(ClickEvent);
/** A change of an order as DynamoDB writes it to Kinesis; the change itself stays JSON, which is read by `json_extract`. */
export const ORDER_CHANGE_COLUMNS: readonly GlueColumn[] = ['eventid', 'eventname', 'tablename', 'dynamodb'].map((name) => ({ name, type: 'string' }));
/** How raw clicks and changes of orders are laid out in their buckets, by the hour at which they arrived. */
export const ARRIVAL_PARTITIONS: readonly GlueColumn[] = ['year', 'month', 'day', 'hour'].map((name) => ({ name, type: 'string' }));
