import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAKE_TABLES } from '../../contracts/derived/lake-tables';
import { resourcesOf } from './synthesized';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const MACHINES = ['ProcessOrder', 'TellCustomer', 'UndoOrder'];
const KEYS = ['carrier-api-key', 'payment-api-key'];
const SIGNING_SECRETS = ['ProvidersCarrierWebhookSecret', 'ProvidersPaymentWebhookSecret'];

/** How docstrings name what something is done on, and what stands for it in a template. */
const TARGETS: readonly [RegExp, (...parts: string[]) => readonly string[]][] = [
  [/(?:its|the) index `([\w-]+)`(?: of the ([\w ]+) table)?/, (index = '', table = '') => [`${camelCase(table)}/index/${index}`]],
  [/the ([\w ]+?) table\b/, (table = '') => [camelCase(table)]],
  [/executions of the three machines/, () => MACHINES.map((name) => `${name}StateMachine/executions`)],
  [/executions of (\w+) and (\w+)/, (one, other) => [`${one}StateMachine/executions`, `${other}StateMachine/executions`]],
  [/the three state machines/, () => MACHINES.map((name) => `${name}StateMachine`)],
  [/the machines (\w+) and (\w+)/, (one, other) => [`${one}StateMachine`, `${other}StateMachine`]],
  [/the machine (\w+)/, (name) => [`${name}StateMachine`]],
  [/the keys/, () => KEYS],
  [/the signing secrets/, () => SIGNING_SECRETS],
  [/the pool/, () => ['Customers']],
  [/the sender and the configuration set/, () => ['MailConfigurationSet', 'MailSender']],
  [/the origin secret/, () => ['OriginSecret']],
  [/the distribution/, () => ['SiteDistribution']],
  [/the bucket of its logs/, () => ['SiteAccessLogs']],
  [/the web ACL/, () => ['WebAclArn']],
  [/the query workgroup/, () => ['workgroup']],
  [/the lake's tables/, () => ['catalog', 'database', ...Object.keys(LAKE_TABLES).map((name) => `table/${name}`)]],
  [/runs\b/, () => ['Processed/runs/*']],
  [/the processed bucket/, () => ['Processed']],
  [/days\b/, () => ['Processed/*/day=*']],
  [/daily results/, () => ['Results/daily/*']],
  [/the lake's machine/, () => ['MakeDayStateMachine']],
  [/the click stream/, () => ['Clicks']],
  [/any event tracker/, () => ['*']],
  [/the default group/, () => ['Vpc']],
  [/the workgroup/, () => ['WarehouseWorkgroup']],
  [/the namespace/, () => ['WarehouseNamespace']],
  [/any statement/, () => ['*']],
  [/any usage limit/, () => ['*']],
  [/the administrator's secret/, () => ['AdministratorSecret']],
  [/the dashboard reader's/, () => ['DashboardReader']],
  [/searches of new (\w+)/, (index = '') => [`/${index}-building/_search`]],
  [/look-ups of new (\w+)/, (index = '') => [`/${index}-building/_mget`]],
  [/refreshes of new (\w+)/, (index = '') => [`/${index}-building/_refresh`]],
  [/bulks of new (\w+)/, (index = '') => [`/${index}-building/_bulk`]],
  [/look-ups of (\w+)/, (index = '') => [`/${index}/_mget`]],
  [/searches of (\w+)/, (index = '') => [`/${index}/_search`]],
  [/the bulk of (\w+)/, (index = '') => [`/${index}/_bulk`]],
  [/mappings of (\w+)/, (index = '') => [`/${index}-*/_mapping`]],
  [/indexes of (\w+)/, (index = '') => [`/${index}-*`]],
  [/all aliases/, () => ['/_alias']],
  [/the aliases/, () => ['/_aliases']],
  [/the (items|users) datasets/, (kind = '') => ['Real', 'Synthetic'].map((world) => `${world}${camelCase(kind)}`)],
  [/the checkpoint/, () => ['ReconcileCheckpoint']],
];

/** What a query reads in Athena, by how docstrings name it: tables, and the folder of a bucket in which their files are. */
const QUERIED: Readonly<Record<string, { readonly table: string; readonly files: string }>> = {
  'raw clicks': { table: 'raw_clicks', files: 'RawBucket/clicks/*' },
  'similar items': { table: 'similar_items', files: 'Processed/similar_items/*' },
  figures: { table: 'figures', files: 'Processed/figures/*' },
};

/** What Athena does as whoever asks: reads the catalogue and the files, and writes the answer. */
function neededByQueries(needs: string): string[] {
  const [, name = ''] = /what Athena asks of whoever has it read ([a-z ]+)/.exec(needs) ?? [];
  const queried = QUERIED[name];
  if (!queried) return [];
  const of = ['catalog', 'database', `table/${queried.table}`];
  return [
    ...['catalog', 'database'].map((on) => `GetDatabase on ${on}`),
    ...['GetTable', 'GetPartitions'].flatMap((action) => of.map((on) => `${action} on ${on}`)),
    ...['AbortMultipartUpload', 'GetObject', 'PutObject'].map((action) => `${action} on Results/answers/*`),
    ...['GetBucketLocation', 'ListBucket'].map((action) => `${action} on Results`),
    `GetObject on ${queried.files}`,
    `ListBucket on ${queried.files.split('/')[0]}`,
  ];
}

/** What is meant where a docstring does not say: the secrets that the environment names, the one machine that waits. */
const SECRETS: Readonly<Record<string, string>> = {
  ORIGIN_SECRET_ARN: 'OriginSecret',
  PAYMENT_API_KEY_SECRET: 'payment-api-key',
  CARRIER_API_KEY_SECRET: 'carrier-api-key',
  PAYMENT_WEBHOOK_SECRET: 'ProvidersPaymentWebhookSecret',
  CARRIER_WEBHOOK_SECRET: 'ProvidersCarrierWebhookSecret',
};

const camelCase = (words: string): string => words.replaceAll(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Each action with what it is done on, as the docstring of a function says: `Scan on Products`. */
export function neededBy(entry: string): string[] {
  const source = readFileSync(join(__dirname, '../../lambdas', `${entry}.ts`), 'utf8');
  const [, needs = '', environment = ''] = /Needs:([^]*?)(?:Environment:([^]*?))?\*\//.exec(source)?.map((part) => part?.replaceAll(/\s*\n \* ?/g, ' ') ?? '') ?? [];
  const unsaid = (action: string): readonly string[] => {
    if (action === 'GetSecretValue') return Object.keys(SECRETS).filter((name) => environment.includes(name)).map((name) => SECRETS[name] ?? '');
    return action === 'SendTaskSuccess' ? ['ProcessOrderStateMachine'] : [];
  };
  const needed: string[] = [];
  let pending: string[] = [];
  let bound = false;
  let table = '';
  const settle = (): void => {
    if (!bound) needed.push(...pending.flatMap((action) => unsaid(action).map((on) => `${action} on ${on}`)));
    pending = [];
    bound = false;
  };
  const pattern = new RegExp([...TARGETS.map(([target]) => `on (?:${target.source.replaceAll(/\((?!\?)/g, '(?:')})`), String.raw`\b(?:[a-z-]+:)?[A-Z]\w+\b`, ','].join('|'), 'g');
  for (const [token] of needs.matchAll(pattern)) {
    if (token === ',') {
      // `GetItem, PutItem and UpdateItem on …`: what is not said to be done on anything yet waits for it.
      if (bound || pending.some((action) => unsaid(action).length > 0)) settle();
    } else if (token.startsWith('on ')) {
      const found = TARGETS.map(([target, names]) => ({ match: new RegExp(`^on ${target.source}$`).exec(token), names })).find(({ match }) => match);
      const targets = found?.names(...(found.match?.slice(1) ?? [])).map((name) => (name.startsWith('/index') ? `${table}${name}` : name)) ?? [];
      table = targets[0]?.replace(/\/.*/, '') ?? table;
      needed.push(...pending.flatMap((action) => targets.map((target) => `${action} on ${target}`)));
      bound = true;
    } else {
      pending.push(token.replace(/^.*:/, ''));
    }
  }
  settle();
  return [...needed, ...neededByQueries(needs)].toSorted();
}

/** What Lambda itself does under a function's role: write its log, read its stream, keep what it gave up on. */
const LAMBDAS_OWN = /^(CreateLogStream|PutLogEvents|ListStreams|ListShards|SubscribeToShard|DescribeStream(Consumer|Summary)?|GetRecords|GetShardIterator|ListBucket|PutObject) on (\w+Log|\*|\w+\/stream|Clicks|\w*FailedRecords(\/aws\/lambda\/\*)?)$/;

/** The same of what the function's role may do; `id` ends the name of its construct. */
export const grantedTo = (id: string, stackName: string): string[] => allGrantedTo(id, stackName).filter((grant) => !LAMBDAS_OWN.test(grant));

export function allGrantedTo(id: string, stackName: string): string[] {
  const policies = resourcesOf(stackName).filter(([logicalId]) => new RegExp(`(^|[a-z])${id}RoleDefaultPolicy[0-9A-F]{8}$`).test(logicalId));
  if (policies.length > 1) throw new Error(`${stackName} has ${policies.length} roles ${id}`);
  const { Statement: statements = [] } = (policies[0]?.[1].Properties['PolicyDocument'] ?? {}) as { Statement?: readonly Statement[] };
  return statements.flatMap(({ Action, Resource: on }) => [on].flat().flatMap((resource) => [Action].flat().map((action) => `${action.split(':')[1]} on ${nameOf(resource)}`))).toSorted();
}

/** A resource by the beginning of its logical id, and which part of it. */
function nameOf(resource: unknown): string {
  const text = JSON.stringify(resource);
  const [, onDomain] = /:domain\/website-\w+(\/[\w*/-]+)/.exec(text) ?? [];
  if (onDomain !== undefined) return onDomain.replace(/\/(dev|staging|prod)-/, '/');
  const [, logicalId] = /(?:GetAtt":\["|Ref":"|OutputRef|OutputFnGetAtt)(\w+?)[0-9A-F]{8}/.exec(text) ?? [];
  const [, key] = /secret:website\/\w+\/([\w-]+)-\?{6}/.exec(text) ?? [];
  const managed = /secret:redshift!/.test(text) ? 'AdministratorSecret' : undefined;
  const [, ofLake] = /:(?:glue|athena):[\d:\w-]+?:(catalog|database|table|workgroup)\b/.exec(text) ?? [];
  if (ofLake !== undefined) return ofLake === 'table' ? `table/${/table\/\w+\/(\w+)/.exec(text)?.[1]}` : ofLake;
  const [part = ''] = /\/index\/[\w-]+|\/aws\/lambda\/\*|\/[\w*/=]+\*(?=")/.exec(text) ?? [];
  const which = text.includes(':execution:') && text.includes('":*"') ? '/executions' : /StreamArn\w*"/.test(text) ? '/stream' : part;
  return `${logicalId ?? key ?? managed ?? (resource === '*' ? '*' : text)}${which}`;
}
