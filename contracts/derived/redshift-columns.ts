import type * as z from 'zod/mini';
import { ClickEvent } from '../click';
import { OrderEvent } from '../order';
import { fieldsOf, kindOf, storedSchema } from './fields';
import type { JsonSchema } from './fields';
import { isPersonal } from './personal';
import { snakeCase } from './snake-case';

/** One column of a view over a SUPER payload. */
export interface ViewColumn {
  /** In snake case, which Redshift folds nothing of: `price_amount`. */
  readonly name: string;
  /** Names in the payload, to be quoted one by one: `payload."price"."amount"`. */
  readonly path: readonly string[];
  readonly type: string;
}

/** UTF-8 takes up to four bytes a character, and VARCHAR counts bytes: https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html. */
const BYTES_A_CHARACTER = 4;
const LONGEST_VARCHAR = 65_535;
const LARGEST_INTEGER = 2 ** 31 - 1;
const UUID_LENGTH = 36;
/** Texts whose contract sets no length. */
const USUAL_LENGTH = 256;

function typeOf(schema: JsonSchema): string {
  switch (kindOf(schema)) {
    case 'instant':
      return 'TIMESTAMPTZ';
    case 'integer':
      return schema.maximum !== undefined && schema.maximum <= LARGEST_INTEGER ? 'INTEGER' : 'BIGINT';
    case 'boolean':
      return 'BOOLEAN';
    case 'list':
      return 'SUPER';
    case 'text':
      return `VARCHAR(${bytesOf(schema)})`;
  }
}

function bytesOf({ format, maxLength, enum: values, const: literal }: JsonSchema): number {
  if (format === 'uuid') return UUID_LENGTH;
  const known = values ?? (literal === undefined ? undefined : [literal]);
  // A further value of a list must not need another column.
  if (known) return Math.max(32, ...known.map((value) => Buffer.byteLength(String(value))));
  return Math.min((maxLength ?? USUAL_LENGTH) * BYTES_A_CHARACTER, LONGEST_VARCHAR);
}

/** The columns of a typed view over events of this contract. */
export const redshiftColumns = (contract: z.ZodMiniType): readonly ViewColumn[] =>
  fieldsOf(storedSchema(contract)).map(({ path, schema }) => ({ name: snakeCase(path), path, type: typeOf(schema) }));

export const CLICK_VIEW_COLUMNS = redshiftColumns(ClickEvent);

/** Paths are those of the order event; DynamoDB's change records write it in DynamoDB JSON. */
export const ORDER_VIEW_COLUMNS = redshiftColumns(OrderEvent).filter(({ path }) => !isPersonal(path));
