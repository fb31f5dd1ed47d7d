import type * as z from 'zod/mini';
import { ClickEvent } from '../click';
import { OrderEvent } from '../order';
import { kindOf, storedSchema } from './fields';
import type { JsonSchema } from './fields';
import { isPersonal } from './personal';

type SparkType = string | SparkStruct | { readonly type: 'array'; readonly elementType: SparkType; readonly containsNull: boolean };

interface SparkField {
  readonly name: string;
  readonly type: SparkType;
  readonly nullable: true;
  /** What Spark has no word for: the jobs judge by it. */
  readonly metadata: { readonly required?: true; readonly instant?: true; readonly enum?: readonly string[]; readonly personal?: true };
}

/** A StructType as `StructType.fromJson` reads it. */
export interface SparkStruct {
  readonly type: 'struct';
  readonly fields: readonly SparkField[];
}

function typeOf(schema: JsonSchema, path: readonly string[]): SparkType {
  if (schema.properties) return structOf(schema, path);
  switch (kindOf(schema)) {
    case 'text':
    case 'instant':
      return 'string';
    case 'integer':
      return 'long';
    case 'boolean':
      return 'boolean';
    case 'list':
      return { type: 'array', elementType: typeOf(schema.items ?? {}, path), containsNull: true };
  }
}

const structOf = ({ properties = {}, required = [] }: JsonSchema, within: readonly string[]): SparkStruct => ({
  type: 'struct',
  fields: Object.entries(properties).map(([name, schema]) => {
    const path = [...within, name];
    return {
      name,
      type: typeOf(schema, path),
      nullable: true,
      metadata: {
        ...(required.includes(name) && { required: true }),
        ...(schema.format === 'date-time' && { instant: true }),
        ...(schema.enum && { enum: schema.enum.map(String) }),
        ...(isPersonal(path) && { personal: true }),
      },
    };
  }),
});

const sparkSchema = (contract: z.ZodMiniType): SparkStruct => structOf(storedSchema(contract), []);

/** What the lake's jobs know of events, by the name of its file in app/lake/jobs/schemas. */
export const SPARK_SCHEMAS = { 'click-event': sparkSchema(ClickEvent), 'order-event': sparkSchema(OrderEvent) } as const;
