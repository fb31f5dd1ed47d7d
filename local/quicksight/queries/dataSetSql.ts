import { invalid } from '../api/resources';
import type { DataSetSettings, InputColumn, PhysicalTable, Transform } from '../api/requests';

/** https://docs.aws.amazon.com/quicksight/latest/APIReference/API_OutputColumn.html */
export interface OutputColumn {
  readonly Name: string;
  readonly Type: 'STRING' | 'INTEGER' | 'DECIMAL' | 'DATETIME';
}

export type Engine = 'redshift' | 'athena' | 'duckdb';

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** What a data set is made from. */
export interface Physical {
  readonly dataSourceArn: string;
  readonly columns: readonly InputColumn[];
  readonly from: PhysicalTable;
}

/** @throws ServiceError InvalidParameterValueException where it is more than one table */
export function physicalOf({ PhysicalTableMap, LogicalTableMap }: Pick<DataSetSettings, 'PhysicalTableMap' | 'LogicalTableMap'>): Physical & { readonly transforms: readonly Transform[] } {
  const logical = Object.values(LogicalTableMap ?? {});
  const physical = Object.entries(PhysicalTableMap);
  const [entry] = physical;
  if (!entry || physical.length > 1 || logical.length > 1) throw invalid('This machine makes data sets of one table, without joins.');
  const [id, from] = entry;
  const [table] = logical;
  if (table && table.Source.PhysicalTableId !== id) throw invalid(`The logical table ${table.Alias} is of ${table.Source.PhysicalTableId}, which is no table of PhysicalTableMap.`);
  const described = 'CustomSql' in from ? { dataSourceArn: from.CustomSql.DataSourceArn, columns: from.CustomSql.Columns } : { dataSourceArn: from.RelationalTable.DataSourceArn, columns: from.RelationalTable.InputColumns };
  return { ...described, from, transforms: table?.DataTransforms ?? [] };
}

/**
 * The query whose rows are the data set's. `source` is the physical table as the engine has it.
 *
 * @throws ServiceError InvalidParameterValueException for a column that is not there
 */
export function dataSetSql({ columns, transforms }: Pick<ReturnType<typeof physicalOf>, 'columns' | 'transforms'>, source: string, engine: Engine): { readonly sql: string; readonly columns: readonly OutputColumn[] } {
  let sql = `SELECT ${columns.map(({ Name }) => quoted(Name)).join(', ')} FROM ${source}`;
  let has: readonly OutputColumn[] = columns.map(({ Name, Type }) => ({ Name, Type: outputType(Type) }));
  for (const transform of transforms) {
    const made = transformed(has, transform, engine);
    if (made.selected !== undefined) sql = `SELECT ${made.selected} FROM (${sql}) AS step`;
    has = made.columns;
  }
  return { sql, columns: has };
}

/** The physical table, to be selected from. */
export function tableSql(from: PhysicalTable): string {
  if ('CustomSql' in from) return `(${from.CustomSql.SqlQuery.trim().replace(/;$/, '')}) AS source`;
  const { Schema, Name } = from.RelationalTable;
  return `${Schema === undefined ? '' : `${quoted(Schema)}.`}${quoted(Name)}`;
}

/** What is true or false is a category here: `true`, `false`. */
export const outputType = (type: InputColumn['Type']): OutputColumn['Type'] => (type === 'INTEGER' || type === 'DECIMAL' || type === 'DATETIME' ? type : 'STRING');

function transformed(has: readonly OutputColumn[], transform: Transform, engine: Engine): { readonly selected?: string; readonly columns: readonly OutputColumn[] } {
  const demand = (name: string): OutputColumn => {
    const found = has.find(({ Name }) => Name === name);
    if (!found) throw invalid(`Column ${name} does not exist in the table it is to be transformed in.`);
    return found;
  };
  if ('ProjectOperation' in transform) {
    const kept = transform.ProjectOperation.ProjectedColumns.map(demand);
    return { selected: kept.map(({ Name }) => quoted(Name)).join(', '), columns: kept };
  }
  if ('RenameColumnOperation' in transform) {
    const { ColumnName, NewColumnName } = transform.RenameColumnOperation;
    demand(ColumnName);
    return { selected: has.map(({ Name }) => (Name === ColumnName ? `${quoted(Name)} AS ${quoted(NewColumnName)}` : quoted(Name))).join(', '), columns: has.map((one) => (one.Name === ColumnName ? { ...one, Name: NewColumnName } : one)) };
  }
  if ('CastColumnTypeOperation' in transform) {
    const { ColumnName, NewColumnType } = transform.CastColumnTypeOperation;
    demand(ColumnName);
    const cast = (name: string): string => `CAST(${quoted(name)} AS ${SQL_TYPES[engine][NewColumnType]}) AS ${quoted(name)}`;
    return { selected: has.map(({ Name }) => (Name === ColumnName ? cast(Name) : quoted(Name))).join(', '), columns: has.map((one) => (one.Name === ColumnName ? { ...one, Type: NewColumnType } : one)) };
  }
  demand(transform.TagColumnOperation.ColumnName);
  return { columns: has };
}

const COMMON = { STRING: 'VARCHAR', INTEGER: 'BIGINT', DECIMAL: 'DOUBLE PRECISION', DATETIME: 'TIMESTAMP' } as const;
export const SQL_TYPES: Readonly<Record<Engine, Readonly<Record<OutputColumn['Type'], string>>>> = { redshift: COMMON, duckdb: COMMON, athena: { ...COMMON, DECIMAL: 'DOUBLE' } };
