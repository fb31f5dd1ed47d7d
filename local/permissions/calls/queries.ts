import { UnreadableCall, type Place } from './call';
import type { Input } from './input';
import { on, onEverything, type Reader, type Readers } from './readers';

/** Whoever asks for a table is asked for its database and the catalogue as well: https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html. */
const inCatalogue = (...of: readonly ((input: Input) => string)[]) => (input: Input, at: Place): string[] => ['catalog', ...of.map((name) => name(input))].map((resource) => at.arn('glue', resource));
const database = (input: Input): string => `database/${input.needed('DatabaseName')}`;
const table = (input: Input): string => `table/${input.needed('DatabaseName')}/${input.text('TableName') ?? input.text('Name') ?? input.inner('TableInput').needed('Name')}`;
const tables = (input: Input): string => `table/${input.needed('DatabaseName')}/*`;
const crawler = (input: Input, at: Place): string => at.arn('glue', `crawler/${input.needed('Name')}`);

export const glue: Readers = {
  ...on('GetDatabase', inCatalogue((input) => `database/${input.needed('Name')}`)),
  ...on('GetTables', inCatalogue(database, tables)),
  ...on('GetTable CreateTable UpdateTable DeleteTable GetPartition GetPartitions BatchGetPartition CreatePartition UpdatePartition DeletePartition BatchCreatePartition BatchUpdatePartition BatchDeletePartition', inCatalogue(database, table)),
  ...on('StartCrawler StopCrawler GetCrawler', crawler),
  ...onEverything('GetDatabases GetCrawlers'),
};

const workgroup = (name: string, at: Place): string => at.arn('athena', `workgroup/${name}`);

/** An execution hides its workgroup, which is what AWS asks for. */
const execution: Reader = async (input, at) => {
  const name = await at.deployed.workgroupOfQuery(at.account, at.region, input.needed('QueryExecutionId'));
  if (name === undefined) throw new UnreadableCall(`${input.operation} is about a query that is not there`);
  return [{ resource: workgroup(name, at) }];
};

/** What a query itself reads and writes, which AWS does as its caller, is not looked at here. */
export const athena: Readers = {
  ...on('StartQueryExecution ListQueryExecutions GetWorkGroup ListNamedQueries', (input, at) => workgroup(input.text('WorkGroup') ?? 'primary', at)),
  GetQueryExecution: execution, GetQueryResults: execution, StopQueryExecution: execution,
  ...onEverything('ListWorkGroups'),
};
