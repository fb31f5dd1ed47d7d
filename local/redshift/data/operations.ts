import * as z from 'zod';
import type { Caller } from '../../aws/caller';
import { ServiceError } from '../../aws/errors';
import { operation, type JsonService } from '../../aws/json-service';
import { namespaceOf, workgroupOf } from '../serverless/operations';
import type { ServerlessStore } from '../serverless/store';
import type { Cell, Table } from '../sql/database';
import { statementsIn } from '../sql/tokens';
import type { Statement, Statements } from './statements';

const Where = { WorkgroupName: z.string(), Database: z.string(), SecretArn: z.string().optional(), ClientToken: z.string().min(1).max(64).optional(), StatementName: z.string().max(500).optional(), WithEvent: z.boolean().optional() };
const Parameters = z.array(z.strictObject({ name: z.string().regex(/^[0-9a-zA-Z_]+$/), value: z.string().min(1) })).min(1);
/** 100 KB: https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html#data-api-calling-considerations */
const Sql = z.string().max(100 * 1024);
const Execute = z.strictObject({ ...Where, Sql, Parameters: Parameters.optional() });
const Batch = z.strictObject({ ...Where, Sqls: z.array(Sql).min(1).max(40), Parameters: Parameters.optional() });
const Id = z.object({ Id: z.string(), NextToken: z.string().optional() });

const PAGE = 1_000;

/** The Redshift Data API, for workgroups of Redshift Serverless. */
export function dataService(store: ServerlessStore, statements: Statements): JsonService {
  const submit = (caller: Caller, input: z.infer<typeof Execute> | z.infer<typeof Batch>): object => {
    const workgroup = workgroupOf(store, caller, input.WorkgroupName);
    const namespace = namespaceOf(store, caller, workgroup.namespaceName);
    if (input.Database !== namespace.dbName) throw new ServiceError('ValidationException', `FATAL: database "${input.Database}" does not exist`);
    const batch = 'Sqls' in input;
    const texts = batch ? input.Sqls : [input.Sql];
    if (texts.some((text) => statementsIn(text).length !== 1)) throw new ServiceError('ValidationException', 'Each SQL text must be exactly one statement.');
    const parameters = Object.fromEntries((input.Parameters ?? []).map(({ name, value }) => [name, value]));
    const made = statements.submit(caller, { clientToken: input.ClientToken, name: input.StatementName, database: input.Database, target: { namespace, workgroup }, statements: texts, batch, parameters });
    return { Id: made.id, CreatedAt: made.createdAt / 1000, WorkgroupName: workgroup.workgroupName, Database: made.database };
  };
  return {
    targetPrefix: 'RedshiftData',
    name: 'The Redshift Data API',
    validationError: 'ValidationException',
    operations: {
      ExecuteStatement: operation(Execute, (input, caller) => submit(caller, input)),
      BatchExecuteStatement: operation(Batch, (input, caller) => submit(caller, input)),
      DescribeStatement: operation(Id, ({ Id: id }, caller) => described(statements.find(caller, id))),
      GetStatementResult: operation(Id, ({ Id: id, NextToken }, caller) => pageOf(resultOf(statements.find(caller, id), id), Number(NextToken ?? 0))),
      ListStatements: operation(z.object({ Status: z.string().optional(), StatementName: z.string().optional(), RoleLevel: z.boolean().optional() }), (input, caller) => ({
        Statements: statements
          .listed(caller)
          .filter(({ status, name }) => (input.Status === undefined || input.Status === 'ALL' || input.Status === status) && (input.StatementName === undefined || (name ?? '').startsWith(input.StatementName)))
          .map((one) => ({ Id: one.id, StatementName: one.name, Status: one.status, CreatedAt: one.createdAt / 1000, UpdatedAt: one.updatedAt / 1000, QueryString: one.batch ? undefined : one.statements[0], QueryStrings: one.batch ? one.statements : undefined, IsBatchStatement: one.batch })),
      })),
      CancelStatement: operation(Id, ({ Id: id }, caller) => {
        statements.cancel(statements.find(caller, id));
        return { Status: true };
      }),
    },
  };
}

function described(one: Statement): object {
  const last = one.results.at(-1);
  const { workgroup } = one.target;
  return {
    Id: one.id,
    Status: one.status,
    Error: one.error,
    Database: one.database,
    WorkgroupName: workgroup.workgroupName,
    QueryString: one.statements.join(';'),
    CreatedAt: one.createdAt / 1000,
    UpdatedAt: one.updatedAt / 1000,
    Duration: (one.updatedAt - one.createdAt) * 1e6,
    HasResultSet: one.results.some(({ columns }) => columns.length > 0),
    ResultRows: last?.rows.length ?? -1,
    ResultSize: -1,
    RedshiftPid: 0,
    QueryParameters: Object.entries(one.parameters).map(([name, value]) => ({ name, value })),
    SubStatements: one.batch ? one.statements.map((sql, index) => ({ Id: `${one.id}:${index + 1}`, QueryString: sql, Status: one.status, HasResultSet: (one.results[index]?.columns.length ?? 0) > 0 })) : undefined,
  };
}

function resultOf(one: Statement, id: string): Table {
  const [, part] = /:(\d+)$/.exec(id) ?? [];
  const table = one.results[part === undefined ? 0 : Number(part) - 1];
  if (one.status !== 'FINISHED' || table === undefined || table.columns.length === 0) throw new ServiceError('ResourceNotFoundException', `Query does not have result. Please check query status with DescribeStatement.`);
  return table;
}

const pageOf = ({ columns, rows }: Table, from: number): object => ({
  ColumnMetadata: columns.map(({ name, type }) => ({ name, label: name, typeName: typeNameOf(type), nullable: 1 })),
  Records: rows.slice(from, from + PAGE).map((row) => row.map((cell, index) => fieldOf(cell, columns[index]?.type ?? ''))),
  TotalNumRows: rows.length,
  NextToken: from + PAGE < rows.length ? String(from + PAGE) : undefined,
});

function fieldOf(cell: Cell, type: string): object {
  if (cell === null) return { isNull: true };
  if (typeof cell === 'boolean') return { booleanValue: cell };
  if (typeof cell === 'number') return type === 'DOUBLE' || type === 'FLOAT' ? { doubleValue: cell } : { longValue: cell };
  return { stringValue: cell };
}

const TYPE_NAMES: Readonly<Record<string, string>> = { BIGINT: 'int8', HUGEINT: 'int8', INTEGER: 'int4', SMALLINT: 'int2', DOUBLE: 'float8', FLOAT: 'float4', BOOLEAN: 'bool', VARCHAR: 'varchar', JSON: 'super', TIMESTAMP: 'timestamp', 'TIMESTAMP WITH TIME ZONE': 'timestamptz', DATE: 'date' };
const typeNameOf = (type: string): string => TYPE_NAMES[type] ?? type.replace(/\(.*$/, '').replace('DECIMAL', 'numeric').toLowerCase();
