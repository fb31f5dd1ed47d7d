import * as z from 'zod/mini';

/** `z.toJSONSchema`'s answer, as far as it is read here. */
export interface JsonSchema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly maximum?: number;
  readonly minimum?: number;
}

/** One member of an event that is no object itself. */
export interface Field {
  /** Names from the event down to the member: `['price', 'amount']`. */
  readonly path: readonly string[];
  readonly schema: JsonSchema;
  /** Each object on the way has it. */
  readonly required: boolean;
}

/** What a contract's values look like once they are stored as JSON. */
export function storedSchema(contract: z.ZodMiniType): JsonSchema {
  // Its types are wider than what our contracts use; a member that is not known here is not read.
  return JSON.parse(JSON.stringify(z.toJSONSchema(contract, { io: 'output' })));
}

/** Every member of the objects in an event, in the contract's order; a list is one field. */
export function fieldsOf({ properties = {}, required = [] }: JsonSchema, within: Pick<Field, 'path' | 'required'> = { path: [], required: true }): Field[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const field = { path: [...within.path, name], schema, required: within.required && required.includes(name) };
    return schema.properties ? fieldsOf(schema, field) : [field];
  });
}

/** What a field holds, whatever a store calls it. */
export type Kind = 'text' | 'instant' | 'integer' | 'boolean' | 'list';

/** @throws Error for a member that no store has a column for */
export function kindOf({ type, format, const: literal }: JsonSchema): Kind {
  switch (type ?? typeof literal) {
    case 'string':
      return format === 'date-time' ? 'instant' : 'text';
    case 'integer':
      return 'integer';
    case 'boolean':
      return 'boolean';
    case 'array':
      return 'list';
    default:
      throw new Error(`An event has a member of type ${String(type)}, for which no store has a column`);
  }
}
