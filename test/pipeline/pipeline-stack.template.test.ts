import { App, Stack } from 'aws-cdk-lib';
import { Pipeline } from 'aws-cdk-lib/aws-codepipeline';
import { parse } from 'yaml';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rollBackOnFailure } from '../../pipeline/rollback';
import { website } from '../../stages/environments';
import type { Website } from '../../stages/environments';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { assembly, resource, resources, resourcesOf, stack, synthesize } from '../app/synthesized';

const STACK = 'Website-Pipeline';

interface Action {
  readonly Name: string;
  readonly RunOrder: number;
  readonly ActionTypeId: { readonly Category: string; readonly Provider: string };
  readonly Configuration: Readonly<Record<string, string>>;
}
interface Stage {
  readonly Name: string;
  readonly Actions: readonly Action[];
  readonly OnFailure?: unknown;
}

const pipeline = (of?: CloudAssembly) => resource('AWS::CodePipeline::Pipeline', STACK, of).Properties;
const stages = (of?: CloudAssembly): Stage[] => pipeline(of)['Stages'] as Stage[];
const provider = (of?: CloudAssembly): string | undefined => stages(of)[0]?.Actions[0]?.ActionTypeId.Provider;
const actions = (stageName: string): readonly Action[] => stages().find(({ Name }) => Name === stageName)?.Actions ?? [];

test('a release passes dev, staging, a person and prod, in this order', () => {
  expect(stages().map(({ Name }) => Name)).toEqual(['Source', 'Build', 'UpdatePipeline', 'Assets', 'Dev', 'Staging', 'ApproveProd', 'Prod']);
});

test('the pipeline is of type V2, newer pushes overtake waiting ones, and it updates itself', () => {
  expect(pipeline()).toMatchObject({ PipelineType: 'V2', ExecutionMode: 'SUPERSEDED', RestartExecutionOnUpdate: true });
  expect(actions('UpdatePipeline').map(({ Name }) => Name)).toEqual(['SelfMutate']);
});

test('dev, staging and prod go back to their last good run when they fail, and a refused approval takes nothing back', () => {
  const rollingBack = stages().flatMap(({ Name, OnFailure }) => (OnFailure ? [Name] : []));
  expect(rollingBack).toEqual(['Dev', 'Staging', 'Prod']);
  expect(stages().find(({ Name }) => Name === 'Dev')?.OnFailure).toEqual({ Result: 'ROLLBACK' });
});

test('the approval is alone in its stage', () => {
  expect(actions('ApproveProd').map(({ ActionTypeId }) => ActionTypeId.Category)).toEqual(['Approval']);
});

test('assets are published by one project, templates are deployed without change sets', () => {
  expect(actions('Assets')).toHaveLength(1);
  const deployments = ['Dev', 'Staging', 'Prod'].flatMap((name) => actions(name)).filter(({ ActionTypeId }) => ActionTypeId.Provider === 'CloudFormation');
  expect(new Set(deployments.map(({ Configuration }) => Configuration['ActionMode']))).toEqual(new Set(['CREATE_UPDATE']));
});

test.each(['Dev', 'Staging'])('after %s the buildspec of the repository runs, last, and is told every endpoint by the stacks', (environment) => {
  const last = actions(environment).at(-1);
  const variables = JSON.parse(last?.Configuration['EnvironmentVariables'] ?? '[]') as { name: string; value: string }[];
  const told = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
  expect(last?.Name).toBe('Integration');
  expect(last?.RunOrder).toBe(Math.max(...actions(environment).map(({ RunOrder }) => RunOrder)));
  for (const name of ['SITE_URL', 'API_URL', 'USER_POOL_ID', 'GATE_CLIENT_ID', 'GATE_ROLE_ARN', 'ORDERS_TABLE', 'PRODUCTS_TABLE']) {
    expect(told[name]).toMatch(/^#\{.+\}$/);
  }
});

test('each run audits its packages before it builds, and keeps the bill of materials of what it built', () => {
  const build = buildspecs().find(({ phases }) => phases['build']?.commands?.includes('npm run synth'));
  expect(build?.phases['build']?.commands).toEqual(['npm run audit', 'npm run synth']);
  expect(Object.values(build?.artifacts?.['secondary-artifacts'] ?? {}).map((artefact) => artefact['base-directory'])).toContain('dist/sbom');
});

test('the integration project carries the commands and the report of buildspec-integ.yml', () => {
  const written = parse(readFileSync(join(__dirname, '../../buildspec-integ.yml'), 'utf8')) as { phases: { build: { commands: string[] } }; reports: unknown };
  const integration = buildspecs().filter(({ reports }) => reports);
  expect(integration).toHaveLength(2);
  for (const { phases, reports } of integration) {
    expect(phases['build']?.commands).toEqual(written.phases.build.commands);
    expect(reports).toEqual(written.reports);
  }
});

test('after prod a step reads, and is told nothing but the address', () => {
  const last = actions('Prod').at(-1);
  expect(last?.Name).toBe('Smoke');
  const variables = JSON.parse(last?.Configuration['EnvironmentVariables'] ?? '[]') as { name: string }[];
  expect(variables.map(({ name }) => name)).toEqual(['SITE_URL']);
});

test('every project runs on one pinned image with a pinned Node', () => {
  for (const { Environment } of projects()) {
    expect(Environment).toMatchObject({ Image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0', ComputeType: 'BUILD_GENERAL1_SMALL', Type: 'ARM_CONTAINER' });
  }
  for (const { phases } of buildspecs()) expect(phases['install']?.['runtime-versions']).toEqual({ nodejs: '22' });
});

test('the command line tools of the pipeline are pinned', () => {
  const installed = buildspecs().flatMap(({ phases }) => phases['install']?.commands ?? []).filter((command) => command.includes('npm install -g'));
  expect(new Set(installed)).toEqual(new Set(['npm install -g aws-cdk@2.1148.1', 'npm install -g cdk-assets@4.7.3']));
});

test('the source is CodeConnections, or CodeCommit where the configuration says so', () => {
  const codeCommit: Website = { ...website, pipeline: { ...website.pipeline, source: { provider: 'CodeCommit', repository: 'website', branch: 'main' } } };
  expect(provider()).toBe('CodeStarSourceConnection');
  expect(provider(synthesize(codeCommit))).toBe('CodeCommit');
});

test('an integration step may take on the gate role of its own environment and no other role', () => {
  const assumed = resources('AWS::IAM::Policy', STACK)
    .map(({ Properties }) => JSON.stringify(Properties))
    .filter((policy) => policy.includes('website-dev-gate') || policy.includes('website-staging-gate'));
  expect(assumed).toHaveLength(2);
  expect(assumed.filter((policy) => policy.includes(':222222222222:role/website-dev-gate'))).toHaveLength(1);
  expect(assumed.filter((policy) => policy.includes(':333333333333:role/website-staging-gate'))).toHaveLength(1);
});

test('a stage that is to roll back but does not exist is an error, not a silence', () => {
  const built = new Pipeline(new Stack(new App(), 'Other'), 'Pipeline', { stages: [{ stageName: 'Source' }] });
  expect(() => rollBackOnFailure(built, ['Dev'])).toThrow('the pipeline has no stage Dev to roll back, only Source');
});

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html */
test('stages and actions fit the quotas of CodePipeline', () => {
  expect(stages().length).toBeLessThan(50);
  for (const { Name: stageName, Actions } of stages()) {
    expect(stageName).toMatch(/^[\w.@-]{1,100}$/);
    expect(Actions.length).toBeLessThan(50);
    for (const { Name, RunOrder, Configuration = {} } of Actions) {
      expect(Name).toMatch(/^[\w.@-]{1,100}$/);
      expect(RunOrder).toBeLessThan(999);
      expect(JSON.stringify(Configuration).length).toBeLessThan(10_000);
    }
  }
});

const projects = (): Readonly<Record<string, unknown>>[] => resources('AWS::CodeBuild::Project', STACK).map(({ Properties }) => Properties);

interface Buildspec {
  readonly phases: Readonly<Record<string, { readonly commands?: readonly string[]; readonly 'runtime-versions'?: unknown }>>;
  readonly reports?: unknown;
  readonly artifacts?: { readonly 'secondary-artifacts'?: Readonly<Record<string, { readonly 'base-directory': string }>> };
}

/** A buildspec stands in the template, or in a file of the cloud assembly that the template names. */
const buildspecs = (): Buildspec[] =>
  projects().map(({ Source }) => {
    const { BuildSpec } = Source as { BuildSpec: string };
    return parse(BuildSpec.startsWith('{') ? BuildSpec : readFileSync(join(assembly().directory, BuildSpec), 'utf8')) as Buildspec;
  });

describe('an environment with dashboards', () => {
  const [dev, ...others] = website.environments;
  if (!dev) throw new Error('The website has no environment.');
  const { quicksight: _, ...withoutDashboards } = dev;

  let without: CloudAssembly;
  beforeAll(() => {
    without = synthesize({ ...website, environments: [withoutDashboards, ...others] });
  });

  test('is looked at for its subscription to QuickSight before anything of it is deployed but the role to look as', () => {
    const inDev = stages().find(({ Name }) => Name === 'Dev')?.Actions ?? [];
    const looking = inDev.find(({ Name }) => Name.includes('Subscription') && !Name.includes('Deploy') && !Name.includes('Prepare'));
    expect(looking?.ActionTypeId.Provider).toBe('CodeBuild');
    const before = inDev.filter(({ RunOrder }) => RunOrder < (looking?.RunOrder ?? 0)).map(({ Name }) => Name);
    expect(before).toEqual(['Subscription.Deploy']);
    const { PolicyDocument: policy } = resource('AWS::IAM::Policy', 'Dev-Subscription').Properties as { PolicyDocument: { Statement: unknown } };
    expect(policy.Statement).toEqual([{ Effect: 'Allow', Action: 'quicksight:DescribeAccountSubscription', Resource: `arn:aws:quicksight:*:${dev.account}:account/${dev.account}` }]);
  });

  test('has a database user for them, whose password the function that lets it in may read', () => {
    const [secret] = resourcesOf('Dev-Redshift').flatMap(([id, { Type }]) => (Type === 'AWS::SecretsManager::Secret' ? [id] : []));
    expect(secret).toMatch(/^DashboardReader/);
    const migrations = JSON.stringify(resource('Custom::Migrations', 'Dev-Redshift').Properties['passwordReaders']);
    expect(migrations).toBe(JSON.stringify([{ secretArn: { Ref: secret }, views: ['shop.clicks', 'shop.orders'] }]));
    const reading = resources('AWS::IAM::Policy', 'Dev-Redshift').filter(({ Properties }) => JSON.stringify(Properties).includes(String(secret)));
    expect(reading.map(({ Properties }) => Properties['PolicyName'])).toEqual([expect.stringContaining('MigrateDatabase')]);
    expect(resources('AWS::SecretsManager::Secret', 'Dev-Redshift', without)).toEqual([]);
  });

  test('has a search domain that QuickSight may ask in SQL, as the role of this account and in no other way', () => {
    const statementsFor = (of?: CloudAssembly) => (resource('AWS::OpenSearchService::Domain', 'Dev-Search', of).Properties['AccessPolicies'] as { Statement: { Condition?: object; Action: unknown; Resource: unknown }[] }).Statement.filter(({ Condition }) => Condition);
    const found = statementsFor();
    for (const { Condition } of found) expect(Condition).toEqual({ ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${dev.account}:role/service-role/aws-quicksight-service-role-v0` } });
    expect(found.flatMap(({ Resource }) => [Resource].flat().map((arn) => String(arn).replace(/^.*domain\/website-dev/, ''))).toSorted()).toEqual(['/', '/_cat/indices', '/_cluster/settings', '/_opendistro/_sql', '/_plugin/_sql']);
    expect(statementsFor(without)).toEqual([]);
  });

  test('has dashboards once what they ask of is there', () => {
    const { dependencies } = stack('Dev-QuickSight');
    expect(dependencies.map(({ id }) => id.replace(/^.*(?=Dev)/, ''))).toEqual(expect.arrayContaining(['Redshift', 'Search', 'Lake', 'Subscription'].map((name) => expect.stringContaining(name))));
    expect(resources('AWS::QuickSight::Dashboard', 'Dev-QuickSight')).toHaveLength(3);
  });

  test('is one that says for whom: another needs no subscription, and has everything else', () => {
    const inDev = (of?: CloudAssembly): string[] => stages(of).find(({ Name }) => Name === 'Dev')?.Actions.map(({ Name }) => Name) ?? [];
    const ofDashboards = inDev().filter((name) => /QuickSight|Subscription/.test(name));
    expect(ofDashboards).toHaveLength(3);
    expect(inDev(without).toSorted()).toEqual(inDev().filter((name) => !ofDashboards.includes(name)).toSorted());
    expect(without.stacksRecursively.map(({ stackName }) => stackName)).toContain('Staging-QuickSight');
  });
});
