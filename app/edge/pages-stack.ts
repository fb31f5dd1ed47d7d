import { DefaultStackSynthesizer, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { BucketDeploymentProps } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import type { SiteConfig } from '../../contracts/site-config';
import { acknowledge, inFinding } from '../shared/acknowledge';
import { artefact } from '../shared/artefacts';

export interface PagesStackProps extends StackProps {
  readonly bucket: IBucket;
  readonly distribution: IDistribution;
  readonly config: SiteConfig;
  readonly logRetention: logs.RetentionDays;
}

const HASHED = 'assets/*';
/** What a release is found by: an old one of these would show the release before. */
const ENTRY = ['index.html', 'config.json', 'service-worker.js'];

/** Publishes the pages, after everything that they call is there. */
export class PagesStack extends Stack {
  constructor(scope: Construct, id: string, props: PagesStackProps) {
    super(scope, id, props);
    const pages = Source.asset(artefact('storefront'));
    const log = new logs.LogGroup(this, 'Log', { retention: props.logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    log.grantWrite(role);
    const deploy = (part: string, rest: Omit<BucketDeploymentProps, 'destinationBucket'>): BucketDeployment =>
      // Files of the release before stay: pages that are open in a browser go on asking for them.
      new BucketDeployment(this, part, { destinationBucket: props.bucket, prune: false, memoryLimit: 512, logGroup: log, role, ...rest });

    const hashed = deploy('Hashed', {
      sources: [pages],
      exclude: ['*'],
      include: [HASHED],
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    });
    const named = deploy('Named', {
      sources: [pages],
      exclude: [HASHED, ...ENTRY],
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.hours(1))],
    });
    const entry = deploy('Entry', {
      sources: [pages, Source.jsonData('config.json', props.config)],
      exclude: ['*'],
      include: ENTRY,
      cacheControl: [CacheControl.noCache()],
      distribution: props.distribution,
      distributionPaths: ['/', ...ENTRY.map((file) => `/${file}`)],
    });
    // index.html and the service worker name the hashed files, so they have to be there first.
    entry.node.addDependency(hashed, named);
    acknowledgeDeploymentFindings(this, role, props.bucket);
  }
}

function acknowledgeDeploymentFindings(stack: Stack, role: iam.IRole, bucket: IBucket): void {
  const handler = stack.node.children.find(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'));
  if (!handler) throw new Error('BucketDeployment no longer makes its function in the stack');
  acknowledge(handler, 'AwsSolutions-L1', "The function, its runtime included, is the CDK's own and changes with it.");
  for (const action of ['GetObject', 'GetBucket', 'List', 'DeleteObject', 'Abort']) {
    acknowledge(role, `AwsSolutions-IAM5[Action::s3:${action}*]`, 'BucketDeployment copies with the AWS CLI, which lists, reads and writes in its own way.');
  }
  const assets = `cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-assets-${stack.account}-${stack.region}`;
  acknowledge(role, `AwsSolutions-IAM5[Resource::arn:aws:s3:::${assets}/*]`, 'Assets are named by their hash, different at each release.');
  acknowledge(role, `AwsSolutions-IAM5[Resource::${inFinding(bucket, stack, 'Arn')}/*]`, 'Every file of the pages is written by this role.');
  acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'BucketDeployment asks for cloudfront:CreateInvalidation without naming a distribution.');
}
