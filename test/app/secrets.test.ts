import { lookLikeSecrets } from '../support/secrets';
import { assembly } from './synthesized';

const DYNAMIC = /\{\{resolve:(?:secretsmanager|ssm-secure):/;

/** Every text of a template, with the way to it: `HttpApi/Properties/Name`. */
function textsIn(value: unknown, way: readonly string[] = []): { readonly way: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ way: way.join('/'), text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...way, key]));
}

const stacks = () => assembly().stacksRecursively;
const everywhere = () => stacks().flatMap(({ stackName, template }) => textsIn((template as { Resources: unknown }).Resources).map((found) => ({ ...found, stackName })));
const resources = (type: string) =>
  stacks().flatMap(({ stackName, template }) =>
    Object.entries((template as { Resources: Record<string, { Type: string; Properties?: unknown }> }).Resources).flatMap(([id, { Type, Properties }]) => (Type === type ? [{ id: `${stackName} ${id}`, Properties }] : [])),
  );

/** A secret may be named where a function reads it by its own permission. */
const readable = (properties: unknown): string[] => textsIn(properties).flatMap(({ way, text }) => (DYNAMIC.test(text) || lookLikeSecrets(text).length > 0 ? [way] : []));

test('no function, build or state machine has a secret in what everybody sees who may look at it', () => {
  for (const type of ['AWS::Lambda::Function', 'AWS::CodeBuild::Project', 'AWS::StepFunctions::StateMachine', 'AWS::CodePipeline::Pipeline']) {
    const found = resources(type);
    expect(found.length).toBeGreaterThan(0);
    expect(found.flatMap(({ id, Properties }) => readable(Properties).map((way) => `${id}: ${way}`))).toEqual([]);
  }
});

test('CloudFormation puts a secret in three places and nowhere else: the header that CloudFront sends, the connection to the carrier, and what dashboards sign in to Redshift with', () => {
  const places = everywhere().filter(({ text }) => DYNAMIC.test(text));
  const kinds = places.map(({ stackName, way }) => `${stackName.replace(/^[^-]+-/, '')} ${way.replace(/^[^/]+\/Properties\//, '').replaceAll(/\/\d+/g, '')}`);
  expect(new Set(kinds)).toEqual(
    new Set([
      'Edge DistributionConfig/Origins/OriginCustomHeaders/HeaderValue/Fn::Join',
      'Workflow AuthParameters/ApiKeyAuthParameters/ApiKeyValue',
      'QuickSight Credentials/CredentialPair/Username/Fn::Join',
      'QuickSight Credentials/CredentialPair/Password/Fn::Join',
    ]),
  );
});

test('no template, and no stack output, has anything in it that looks like a secret', () => {
  const found = stacks().flatMap(({ stackName, template }) => textsIn(template).flatMap(({ way, text }) => lookLikeSecrets(text).map((secret) => `${stackName} ${way}: ${secret}`)));
  expect(found).toEqual([]);
  expect(stacks().flatMap(({ stackName, template }) => textsIn((template as { Outputs?: unknown }).Outputs).flatMap(({ text }) => (DYNAMIC.test(text) ? [stackName] : [])))).toEqual([]);
});

test('every secret that the stacks make is changed by itself, by a schedule of its own or by the function that registers webhooks, but for the one of which QuickSight holds a copy', () => {
  const scheduled = resources('AWS::SecretsManager::RotationSchedule').map(({ Properties }) => JSON.stringify((Properties as { SecretId: unknown }).SecretId));
  const kept = resources('AWS::Lambda::Function').filter(({ id }) => id.includes('RegisterWebhooks')).map(({ Properties }) => JSON.stringify(Properties));
  const secrets = resources('AWS::SecretsManager::Secret');
  const [ofDashboards, others] = [secrets.filter(({ id }) => id.includes('DashboardReader')), secrets.filter(({ id }) => !id.includes('DashboardReader'))];
  expect([ofDashboards.length, others.length]).toEqual([3, 9]);
  for (const { id } of others) {
    const [, logicalId = ''] = id.split(' ');
    expect({ id, changed: [...scheduled, ...kept].some((where) => where.includes(logicalId)) }).toEqual({ id, changed: true });
  }
  const daily = resources('AWS::Events::Rule').filter(({ Properties }) => JSON.stringify(Properties).includes('RegisterWebhooks'));
  expect(daily.map(({ Properties }) => (Properties as { ScheduleExpression: string }).ScheduleExpression)).toEqual(['rate(1 day)', 'rate(1 day)', 'rate(1 day)']);
});
