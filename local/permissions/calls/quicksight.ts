import { UnreadableCall, type Place } from './call';
import { Input } from './input';
import type { Wanted } from './readers';
import type { Route } from './routes';

/** The kinds of resources by their path: the noun of their operations, and how their ARNs begin. */
const KINDS: Readonly<Record<string, { readonly noun: string; readonly plural: string; readonly arn: string }>> = {
  'data-sources': { noun: 'DataSource', plural: 'DataSources', arn: 'datasource' },
  'data-sets': { noun: 'DataSet', plural: 'DataSets', arn: 'dataset' },
  analyses: { noun: 'Analysis', plural: 'Analyses', arn: 'analysis' },
  dashboards: { noun: 'Dashboard', plural: 'Dashboards', arn: 'dashboard' },
  'vpc-connections': { noun: 'VPCConnection', plural: 'VPCConnections', arn: 'vpcConnection' },
};
const VERBS: Readonly<Record<string, string>> = { GET: 'Describe', PUT: 'Update', DELETE: 'Delete', POST: 'Create' };
const within = String.raw`\/accounts\/\d{12}`;

function route(path: string, operation: string, resource: (at: Place, named: readonly string[]) => string): Route {
  return { path: new RegExp(`^${path.replaceAll('/', String.raw`\/`)}$`), operation, wanted: (at, named) => [{ resource: resource(at, named) }] };
}

const ofKind = (path: string, { noun, plural, arn }: (typeof KINDS)[string] & object): Route[] => {
  const one = (at: Place, [id = '']: readonly string[]): string => at.arn('quicksight', `${arn}/${id}`);
  const on = (method: string, rest: string, operation: string): Route => route(`${method} /accounts/\\d{12}/${path}/([^/]+)${rest}`, operation, one);
  return [
    route(`GET /accounts/\\d{12}/${path}`, `List${plural}`, (at) => (arn === 'dashboard' || arn === 'analysis' ? at.arn('quicksight', `${arn}/*`) : '*')),
    // What is made under a name of the body's has no resource yet.
    ...(path === 'data-sets' ? [] : [route(`POST /accounts/\\d{12}/${path}`, `Create${noun}`, () => '*')]),
    ...Object.entries(VERBS).map(([method, verb]) => on(method, '', `${verb}${noun}`)),
    on('GET', '/permissions', `Describe${noun}Permissions`),
    on('(?:POST|PUT)', '/permissions', `Update${noun}Permissions`),
  ];
};

/** Whoever makes a data set must be allowed to use its data sources for it. */
const newDataSet: Route = {
  path: new RegExp(`^POST ${within}\\/data-sets$`),
  operation: 'CreateDataSet',
  wanted: (_at, _named, { body }): Wanted[] => {
    const tables = new Input('CreateDataSet', JSON.parse(body)).inner('PhysicalTableMap');
    if (tables.names.length === 0) throw new UnreadableCall('CreateDataSet names no PhysicalTableMap');
    return tables.names.flatMap((id) => {
      const table = tables.inner(id);
      const resource = table.inner(table.names[0] ?? '').needed('DataSourceArn');
      return [{ resource }, { action: 'PassDataSource', resource }];
    });
  },
};

export const quicksight: readonly Route[] = [
  newDataSet,
  ...Object.entries(KINDS).flatMap(([path, kind]) => ofKind(path, kind)),
  route('GET /accounts/\\d{12}/dashboards/([^/]+)/definition', 'DescribeDashboardDefinition', (at, [id = '']) => at.arn('quicksight', `dashboard/${id}`)),
  route('GET /accounts/\\d{12}/dashboards/([^/]+)/versions', 'ListDashboardVersions', (at, [id = '']) => at.arn('quicksight', `dashboard/${id}`)),
  route('PUT /accounts/\\d{12}/dashboards/([^/]+)/versions/\\d+', 'UpdateDashboardPublishedVersion', (at, [id = '']) => at.arn('quicksight', `dashboard/${id}`)),
  route('GET /accounts/\\d{12}/analyses/([^/]+)/definition', 'DescribeAnalysisDefinition', (at, [id = '']) => at.arn('quicksight', `analysis/${id}`)),
  route('PUT /accounts/\\d{12}/data-sets/([^/]+)/ingestions/([^/]+)', 'CreateIngestion', (at, [id = '', ingestion = '']) => at.arn('quicksight', `dataset/${id}/ingestion/${ingestion}`)),
  route('GET /accounts/\\d{12}/data-sets/([^/]+)/ingestions/([^/]+)', 'DescribeIngestion', (at, [id = '', ingestion = '']) => at.arn('quicksight', `dataset/${id}/ingestion/${ingestion}`)),
  route('GET /accounts/\\d{12}/data-sets/[^/]+/ingestions', 'ListIngestions', () => '*'),
  ...['POST', 'PUT'].map((method) => route(`${method} /accounts/\\d{12}/data-sets/([^/]+)/refresh-schedules`, `${VERBS[method]}RefreshSchedule`, (at, [id = '']) => at.arn('quicksight', `dataset/${id}/refresh-schedule/*`))),
  ...['GET', 'DELETE'].map((method) => route(`${method} /accounts/\\d{12}/data-sets/([^/]+)/refresh-schedules/([^/]+)`, `${VERBS[method]}RefreshSchedule`, (at, [id = '', schedule = '']) => at.arn('quicksight', `dataset/${id}/refresh-schedule/${schedule}`))),
  route('GET /accounts/\\d{12}/data-sets/([^/]+)/refresh-schedules', 'ListRefreshSchedules', (at, [id = '']) => at.arn('quicksight', `dataset/${id}`)),
  ...Object.entries({ GET: 'ListTagsForResource', POST: 'TagResource', DELETE: 'UntagResource' }).map(([method, operation]) => route(`${method} /resources/([^/]+)/tags`, operation, (_at, [arn = '']) => decodeURIComponent(arn))),
  route('GET /account/(\\d{12})', 'DescribeAccountSubscription', (at, [account = '']) => at.arn('quicksight', `account/${account}`)),
];
