import { App, Stack, Validations } from 'aws-cdk-lib';
import type { PolicyValidationPluginReport } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QuickSightStack } from '../../../app/quicksight/quicksight-stack';
import { AwsSolutions } from '../../../app/shared/aws-solutions';
import type { Resource } from '../synthesized';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export const PRINCIPAL = 'arn:aws:quicksight:us-east-1:222222222222:group/default/shop';

/** The stack between stand-ins of what the other stacks give it, in an application of its own with cdk.json's context. */
export function unsynthesized(): App {
  const { context } = JSON.parse(readFileSync(join(__dirname, '../../../cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  const outdir = mkdtempSync(join(tmpdir(), 'website-quicksight-'));
  folders.push(outdir);
  const app = new App({ outdir, context, postCliContext: { '@aws-cdk/core:failSynthOnValidationErrors': true } });
  const env = { account: '222222222222', region: 'eu-west-1' };
  const others = new Stack(app, 'Others', { env });
  const vpc = new ec2.Vpc(others, 'Vpc', {
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    natGateways: 0,
    subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    restrictDefaultSecurityGroup: false,
  });
  const stack = new QuickSightStack(app, 'Dev-QuickSight', {
    env,
    description: 'Website Dev: dashboards',
    environmentName: 'Dev',
    readers: { principalArn: PRINCIPAL, importedAt: '05:00' },
    warehouse: {
      vpc,
      securityGroup: new ec2.SecurityGroup(others, 'Group', { vpc, allowAllOutbound: false }),
      host: 'website-dev.222222222222.eu-west-1.redshift-serverless.amazonaws.com',
      port: 5_439,
      databaseName: 'website',
      reader: new Secret(others, 'Reader'),
    },
    lake: { workgroupName: 'website-dev', databaseName: 'website_dev', processed: new Bucket(others, 'Processed'), results: new Bucket(others, 'Results') },
    search: { domainName: 'website-dev', indexPrefix: 'dev-' },
  });
  Validations.of(app).addPlugins(new OnlyHere(stack));
  return app;
}

/** cdk-nag on this stack alone: the stand-ins are nobody's to mend. */
class OnlyHere extends AwsSolutions {
  constructor(private readonly scope: Stack) {
    super(scope);
  }
  override validate(): PolicyValidationPluginReport {
    return this.validateScope(this.scope);
  }
}

let template: Record<string, Resource> | undefined;

/** What is asked of AWS, by logical id. */
export const resources = (): Record<string, Resource> => (template ??= (unsynthesized().synth().getStackByName('Dev-QuickSight').template as { Resources: Record<string, Resource> }).Resources);

export const resourcesOf = (type: string): Resource[] => Object.values(resources()).filter(({ Type }) => Type === `AWS::${type}`);
