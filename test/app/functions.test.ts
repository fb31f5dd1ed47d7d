import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lambdaEntries } from '../../pipeline/build/bundles';
import { ROUTES } from '../../contracts/http';
import type { Route } from '../../contracts/http';
import { website } from '../../stages/environments';
import { resources, resourcesOf } from './synthesized';
import type { Resource } from './synthesized';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const STACKS = ['Edge', 'Catalog', 'Orders'];
const environments = website.environments.map(({ name }) => name);

const ids = { 'edge/refuse-request': 'RefuseRequest', 'catalog/seed-catalog': 'SeedInsert' } as Readonly<Record<string, string>>;
const idOf = (entry: string): string => ids[entry] ?? entry.slice(entry.indexOf('/') + 1).replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Each action with the table or index it is done on, as the docstring of a function says: `Scan on products`. */
function neededBy(entry: string): string[] {
  const source = readFileSync(join(__dirname, '../../lambdas', `${entry}.ts`), 'utf8');
  const text = (/Needs:([^]*?)(?:Environment:|\*\/)/.exec(source)?.[1] ?? '').replaceAll(/\s*\n \* ?/g, ' ');
  const needed: string[] = [];
  let pending: string[] = [];
  let table = '';
  for (const [, action, index, indexOf, named] of text.matchAll(/\b([A-Z]\w*(?:Item|Value)|Query|Scan)\b|on (?:(?:its|the) index `([\w-]+)`(?: of the ([\w ]+) table)?|the ([\w ]+) table)/g)) {
    if (action === 'GetSecretValue') needed.push('GetSecretValue on OriginSecret');
    else if (action) pending.push(action);
    else {
      table = (indexOf ?? named ?? table).replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
      needed.push(...pending.map((name) => `${name} on ${table[0]?.toUpperCase()}${table.slice(1)}${index ? `/index/${index}` : ''}`));
      pending = [];
    }
  }
  return needed.toSorted();
}

/** The same of what the role may do, its own log aside. */
function grantedTo(role: string, stackName: string): string[] {
  const [, policy] = resourcesOf(stackName).find(([logicalId]) => logicalId.startsWith(`${role}RoleDefaultPolicy`)) ?? [];
  const { Statement: statements = [] } = (policy?.Properties['PolicyDocument'] ?? {}) as { Statement?: readonly Statement[] };
  return statements
    .flatMap(({ Action, Resource: on }) => [on].flat().flatMap((resource) => [Action].flat().map((action) => `${action.split(':')[1]} on ${nameOf(resource)}`)))
    .filter((grant) => !/^(CreateLogStream|PutLogEvents) on .*Log$/.test(grant))
    .toSorted();
}

function nameOf(resource: unknown): string {
  const text = JSON.stringify(resource);
  const logicalId = /"(?:FnGetAtt|Ref)"?:?\["?(\w+?)[0-9A-F]{8}|(?:GetAtt":\["|OutputRef|Ref":"|OutputFnGetAtt)(\w+?)[0-9A-F]{8}/.exec(text);
  return `${logicalId?.[1] ?? logicalId?.[2] ?? text}${/\/index\/[\w-]+/.exec(text)?.[0] ?? ''}`;
}

const functions = (environment: string): Resource[] =>
  STACKS.flatMap((name) => resources('AWS::Lambda::Function', `${environment}-${name}`)).filter(({ Properties }) => !String(Properties['Description']).startsWith('AWS CDK'));

test('every entry under lambdas/ is deployed, and nothing else is', async () => {
  expect(functions('Prod')).toHaveLength((await lambdaEntries()).length);
});

test('each function may do what its docstring says it needs, on those tables, and nothing more', async () => {
  for (const entry of await lambdaEntries()) {
    const stackName = `Dev-${idOf(entry.split('/')[0] ?? '')}`;
    expect({ entry, may: grantedTo(idOf(entry), stackName) }).toEqual({ entry, may: neededBy(entry) });
  }
});

test('no permission of a function has a wildcard', () => {
  const policies = environments.flatMap((environment) => STACKS.flatMap((name) => resources('AWS::IAM::Policy', `${environment}-${name}`)));
  expect(JSON.stringify(policies.map(({ Properties }) => Properties['PolicyDocument']))).not.toContain('*');
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
      expect(Variables['POWERTOOLS_SERVICE_NAME']).toMatch(/^(catalog|edge|orders)$/);
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

  test.each(Object.values<Route>(ROUTES).filter(({ scope }) => scope).map(({ method, path }) => `${method} ${path}`))('%s demands a token with a scope', (key) => {
    const [prod, dev] = ['Prod', 'Dev'].map((environment) => routes(environment).find(({ RouteKey }) => RouteKey === key));
    expect(prod).toMatchObject({ AuthorizationType: 'JWT', AuthorizationScopes: ['shop/orders'] });
    expect(prod?.['AuthorizerId']).toBeDefined();
    // A token of the gate's API sign-in can carry no other scope.
    expect(dev).toMatchObject({ AuthorizationType: 'JWT', AuthorizationScopes: ['shop/orders', 'aws.cognito.signin.user.admin'] });
  });
});
