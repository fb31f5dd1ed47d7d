import { CLICK_VIEW_COLUMNS, ORDER_VIEW_COLUMNS } from './redshift-columns';
import type { ViewColumn } from './redshift-columns';

/**
 * What a view selects for each column, in SQL: null where the payload has a value of another type, so that one wrong
 * record fails no query (a cast of SUPER does: https://docs.aws.amazon.com/redshift/latest/dg/query-super.html).
 */
export const clickSelections = (): readonly string[] => CLICK_VIEW_COLUMNS.map((column) => named(column, ofJson(column, quoted(['payload', ...column.path]))));

/** Of DynamoDB's change records, which hold an item in DynamoDB's own JSON: numbers are texts there. */
export const orderSelections = (): readonly string[] => ORDER_VIEW_COLUMNS.map((column) => named(column, ofDynamoDb(column)));

const named = ({ name }: ViewColumn, value: string): string => `${value} AS ${name}`;

const quoted = ([column = '', ...names]: readonly string[]): string => [column, ...names.map((name) => `"${name}"`)].join('.');

function ofJson({ type }: ViewColumn, value: string): string {
  switch (type) {
    case 'SUPER':
      return value;
    case 'BOOLEAN':
      return `CASE WHEN IS_BOOLEAN(${value}) THEN ${value}::BOOLEAN END`;
    case 'INTEGER':
      return `CASE WHEN IS_INTEGER(${value}) THEN TRY_CAST(${value}::BIGINT AS INTEGER) END`;
    case 'BIGINT':
      return `CASE WHEN IS_INTEGER(${value}) THEN ${value}::BIGINT END`;
    case 'TIMESTAMPTZ':
      return textAs(type, value);
    default:
      return `CASE WHEN IS_VARCHAR(${value}) THEN ${value}::${type} END`;
  }
}

function ofDynamoDb({ type, path }: ViewColumn): string {
  const within = ['payload', 'dynamodb', 'NewImage', ...path.flatMap((name, index) => (index < path.length - 1 ? [name, 'M'] : [name]))];
  switch (type) {
    case 'SUPER':
      return quoted([...within, 'L']);
    case 'BOOLEAN':
      return ofJson({ type, path, name: '' }, quoted([...within, 'BOOL']));
    case 'INTEGER':
    case 'BIGINT':
      return textAs(type, quoted([...within, 'N']));
    default:
      return ofJson({ type, path, name: '' }, quoted([...within, 'S']));
  }
}

/** TRY_CAST takes no empty text: https://docs.aws.amazon.com/redshift/latest/dg/r_TRY_CAST.html */
const textAs = (type: string, value: string): string => `CASE WHEN IS_VARCHAR(${value}) THEN TRY_CAST(NULLIF(${value}::VARCHAR, '') AS ${type}) END`;
