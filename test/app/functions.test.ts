import { lambdaEntries } from '../../pipeline/build/bundles';
import { ROUTES } from '../../contracts/http';
import type { Route } from '../../contracts/http';
import { website } from '../../stages/environments';
import { allGrantedTo, grantedTo, neededBy } from './grants';
import { resources } from './synthesized';
import type { Resource } from './synthesized';

const STACKS = ['Edge', 'Catalog', 'Orders', 'Workflow', 'Clickstream', 'Personalize', 'Network', 'Redshift', 'Search', 'Lake'];
const environments = website.environments.map(({ name }) => name);

const ids = { 'catalog/seed-catalog': 'SeedInsert', 'workflow/start-executions': 'StartsStart' } as Readonly<Record<string, string>>;
const idOf = (entry: string): string => ids[entry] ?? entry.slice(entry.indexOf('/') + 1).replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

const functions = (environment: string): Resource[] =>
  STACKS.flatMap((name) => resources('AWS::Lambda::Function', `${environment}-${name}`)).filter(({ Properties }) => !String(Properties['Description']).startsWith('AWS CDK'));

test('every entry under lambdas/ is deployed, and nothing else is', async () => {
  expect(functions('Prod')).toHaveLength((await lambdaEntries()).length);
});

test('each function may do what its docstring says it needs, on just that, and nothing more', async () => {
  for (const entry of await lambdaEntries()) {
    const stackName = `Dev-${idOf(entry.split('/')[0] ?? '')}`;
    expect({ entry, may: grantedTo(idOf(entry), stackName) }).toEqual({ entry, may: neededBy(entry) });
  }
});

test('no permission of a function has a wildcard, but for what Lambda does itself, for executions, of which each order has its own, for versions of an index, for files of the lake, and for Personalize and Redshift, which ask for no resource', async () => {
  const granted = (await lambdaEntries()).flatMap((entry) => environments.flatMap((environment) => allGrantedTo(idOf(entry), `${environment}-${idOf(entry.split('/')[0] ?? '')}`)));
  expect(granted.length).toBeGreaterThan(100);
  expect([...new Set(granted.filter((grant) => grant.includes('*')))].toSorted()).toEqual([
    'AbortMultipartUpload on Results/answers/*',
    'CreateUsageLimit on *',
    'DeleteObject on Processed/*/day=*',
    'DescribeStatement on *',
    'ESHttpDelete on /orders-*',
    'ESHttpDelete on /products-*',
    'ESHttpGet on /orders-*/_mapping',
    'ESHttpGet on /products-*/_mapping',
    'ESHttpPut on /orders-*',
    'ESHttpPut on /products-*',
    'GetObject on Processed/figures/*',
    'GetObject on Processed/runs/*',
    'GetObject on Processed/similar_items/*',
    'GetObject on RawBucket/clicks/*',
    'GetObject on Results/answers/*',
    'GetStatementResult on *',
    'ListStreams on *',
    'ListUsageLimits on *',
    'PutEvents on *',
    'PutObject on FailedRecords/aws/lambda/*',
    'PutObject on Results/answers/*',
    'PutObject on Results/daily/*',
    'PutObject on StartsFailedRecords/aws/lambda/*',
    'UpdateUsageLimit on *',
  ]);
});

describe.each(environments)('every function of %s', (environment) => {
  test('runs on Node.js 24 on arm64 and starts from index.handler', () => {
    for (const { Properties } of functions(environment)) expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
  });

  test('is reached by its alias', () => {
    const integrations = STACKS.flatMap((name) => resources('AWS::ApiGatewayV2::Integration', `${environment}-${name}`));
    expect(integrations.length).toBeGreaterThan(Object.keys(ROUTES).length);
    for (const { Properties } of integrations) expect(JSON.stringify(Properties['IntegrationUri'])).toMatch(/^\{"Ref":"\w+Live/);
  });

  test('names its service to Powertools and has less than 4 KB of variables', () => {
    for (const { Properties } of functions(environment)) {
      const { Variables } = Properties['Environment'] as { Variables: Record<string, unknown> };
      expect(Variables['POWERTOOLS_SERVICE_NAME']).toMatch(/^(catalog|clickstream|edge|lake|network|orders|personalize|redshift|search|workflow)$/);
      expect(JSON.stringify(Variables).length).toBeLessThan(4_096);
    }
  });

  test('forgets its log after a time', () => {
    for (const name of [...STACKS, 'Pages']) {
      for (const { Properties } of resources('AWS::Logs::LogGroup', `${environment}-${name}`)) expect(Properties['RetentionInDays']).toBeGreaterThan(0);
    }
    for (const { Properties } of functions(environment)) expect(Properties['LoggingConfig']).toHaveProperty('LogGroup');
  });
});

describe('the routes', () => {
  const routes = (environment: string): Readonly<Record<string, unknown>>[] =>
    STACKS.flatMap((name) => resources('AWS::ApiGatewayV2::Route', `${environment}-${name}`)).map(({ Properties }) => Properties);

  test('are those of the contract, and one that refuses the rest', () => {
    const contract = Object.values(ROUTES).map(({ method, path }) => `${method} ${path}`);
    expect(routes('Prod').map(({ RouteKey }) => RouteKey)).toEqual(expect.arrayContaining([...contract, '$default']));
    expect(routes('Prod')).toHaveLength(contract.length + 1);
  });

  test.each(Object.values<Route>(ROUTES).filter(({ scope }) => scope))('$method $path demands a token with a scope', ({ method, path, group }) => {
    const [prod, dev] = ['Prod', 'Dev'].map((environment) => routes(environment).find(({ RouteKey }) => RouteKey === `${method} ${path}`));
    expect(prod).toMatchObject({ AuthorizationType: 'JWT', AuthorizationScopes: ['shop/orders'] });
    expect(prod?.['AuthorizerId']).toBeDefined();
    // A token of the gate's API sign-in can carry no other scope, and opens no door of the operators.
    expect(dev).toMatchObject({ AuthorizationType: 'JWT', AuthorizationScopes: group ? ['shop/orders'] : ['shop/orders', 'aws.cognito.signin.user.admin'] });
  });
});
