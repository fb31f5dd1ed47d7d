import { CfnResource, Stack, Stage, Validations } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acknowledge } from '../../app/shared/acknowledge';
import { website } from '../../stages/environments';
import { assembly, unsynthesized } from '../app/synthesized';

/** The application with something more in it: by now its own stages are closed, so a stack comes in a stage beside them. */
const planted = (plant: (app: App) => void): (() => unknown) => {
  const app = unsynthesized();
  plant(app);
  return () => app.synth();
};

const anotherStack = (app: App, stageName: string): Stack =>
  new Stack(new Stage(app, stageName, { env: { account: '444444444444', region: 'us-east-1' } }), 'Receipts');

function construct(app: App, path: string): IConstruct {
  const found = app.node.findAll().find(({ node }) => node.path === path);
  if (!found) throw new Error(`nothing at ${path}`);
  return found;
}

describe('the synth', () => {
  test('succeeds as the project stands, with nothing but acknowledged findings', () => {
    const report = JSON.parse(readFileSync(join(assembly().directory, 'validation-report.json'), 'utf8'));
    for (const { conclusion, violations } of report.pluginReports) expect({ conclusion, violations }).toEqual({ conclusion: 'success', violations: [] });
  });

  test('lists every acknowledgement with its reason in the report', () => {
    const report = JSON.parse(readFileSync(join(assembly().directory, 'validation-report.json'), 'utf8'));
    const nag = report.pluginReports.find(({ pluginName }: { pluginName: string }) => pluginName === 'AwsSolutions');
    expect(nag.suppressedViolations.length).toBeGreaterThan(20);
    for (const { acknowledgedAt, reason = '' } of nag.suppressedViolations.flatMap((violation: object) => violation)) {
      expect(acknowledgedAt).toContain('Website-Pipeline/');
      expect(reason.length).toBeGreaterThan(20);
    }
  });

  test('fails on a bad bucket in a stage, and says where it is', () => {
    const synth = planted((app) => new CfnBucket(anotherStack(app, 'Extra'), 'Bad'));
    expect(synth).toThrow(/server access logs disabled[^]*Extra\/Receipts\/Bad/);
  });

  test('fails on an acknowledgement that meets no finding', () => {
    const synth = planted((app) => acknowledge(construct(app, 'Website-Pipeline/Dev/Orders'), 'AwsSolutions-RDS2', 'No longer needed, left behind by mistake.'));
    expect(synth).toThrow(/acknowledgement of AwsSolutions-RDS2 meets no finding any more/);
  });

  test('fails on an acknowledgement that covers more than one finding', () => {
    const synth = planted((app) => acknowledge(construct(app, 'Website-Pipeline/Dev/Catalog'), 'AwsSolutions-APIG4', 'All of them at once, and those to come as well.'));
    expect(synth).toThrow(/acknowledgement of AwsSolutions-APIG4 meets \d findings/);
  });

  test('fails on data that would go with its stack', () => {
    const synth = planted((app) => {
      const bucket = new CfnBucket(anotherStack(app, 'Prod'), 'Receipts');
      Validations.of(bucket).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason: 'Not what this is about.' }, { id: 'AwsSolutions::AwsSolutions-S10', reason: 'Not what this is about.' });
    });
    expect(synth).toThrow(/Prod-Receipts Receipts: AWS::S3::Bucket is not retained on deletion/);
  });
});

describe("CloudFormation's own validation", () => {
  beforeAll(() => {
    process.env['CDK_VALIDATION'] = 'true';
  });
  afterAll(() => {
    process.env['CDK_VALIDATION'] = 'false';
  });

  test('finds nothing in the application', () => {
    expect(planted(() => undefined)).not.toThrow();
  });

  test('fails the synth on what CloudFormation would refuse only after minutes', () => {
    const synth = planted((app) => new CfnResource(anotherStack(app, 'Extra'), 'Queue', { type: 'AWS::SQS::Queue', properties: { DelaySeconds: 'soon' } }));
    expect(synth).toThrow(/Extra\/Receipts\/Queue/);
  });
});

test('the names of the environments begin the names of their stacks', () => {
  const names = assembly().stacksRecursively.map(({ stackName }) => stackName);
  for (const { name } of website.environments) expect(names).toContain(`${name}-Orders`);
});
