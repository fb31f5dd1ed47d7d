import type * as quicksight from 'aws-cdk-lib/aws-quicksight';

/** What QuickSight takes of a column's kind; money is a DECIMAL in major units. */
export type ColumnType = 'STRING' | 'INTEGER' | 'DECIMAL' | 'DATETIME' | 'BOOLEAN';

/** Where rows come from: a statement, in which the lake's database has to be named, or an index of OpenSearch. */
export type Rows = { readonly sql: (database: string) => string } | { readonly index: string };

/** Rows that visuals are made of. Names of columns are types, so that no visual names one that is not there. */
export interface DataSet<Column extends string = string> {
  /** Of the environment: `live-orders`. */
  readonly id: string;
  /** As people find it in a list. */
  readonly name: string;
  readonly columns: Readonly<Record<Column, ColumnType>>;
  readonly rows: Rows;
  /** Worked out by QuickSight from the columns, where no SQL can do it. @default none */
  readonly calculated?: Readonly<Partial<Record<Column, string>>>;
}

export const dataSet = <Column extends string>(of: DataSet<Column>): DataSet<Column> => of;

/** The columns that the source has, which are all but the calculated ones. */
export const sourceColumns = ({ columns, calculated = {} }: DataSet): [name: string, type: ColumnType][] =>
  Object.entries(columns).filter(([name]) => !(name in calculated));

/** What QuickSight asks a source for. */
export function physicalTable({ id, columns, calculated, rows, name }: DataSet, dataSourceArn: string, { database, indexPrefix }: { readonly database: string; readonly indexPrefix: string }): quicksight.CfnDataSet.PhysicalTableProperty {
  const inputs = sourceColumns({ id, name, columns, calculated, rows }).map(([column, type]) => ({ name: column, type }));
  if ('index' in rows) return { relationalTable: { dataSourceArn, name: `${indexPrefix}${rows.index}`, inputColumns: inputs } };
  return { customSql: { dataSourceArn, name: id, sqlQuery: rows.sql(database), columns: inputs } };
}
