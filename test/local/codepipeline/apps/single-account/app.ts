import { App, CfnOutput, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-codecommit';
import { CfnPipeline, PipelineType } from 'aws-cdk-lib/aws-codepipeline';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { CodeBuildStep, CodePipeline, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

// One account, CodeCommit, stacks deployed without change sets. The file stages.txt says which stages there are.
const modules = dirname(dirname(require.resolve('aws-cdk-lib/package.json')));
const stages = readFileSync(join(__dirname, 'stages.txt'), 'utf8').split(/\s+/).filter(Boolean);
const env = { account: '100000000009', region: 'us-east-1' };

class Site extends Stage {
  readonly bucketName: CfnOutput;

  constructor(scope: Construct, id: string) {
    super(scope, id, { env });
    const stack = new Stack(this, 'Site');
    const bucket = new Bucket(stack, 'Pages', { removalPolicy: RemovalPolicy.DESTROY });
    new BucketDeployment(stack, 'Content', { destinationBucket: bucket, sources: [Source.data('index.txt', `pages of ${id}`)] });
    this.bucketName = new CfnOutput(stack, 'BucketName', { value: bucket.bucketName });
  }
}

const app = new App();
const stack = new Stack(app, 'SinglePipeline', { env });
const synth = new ShellStep('Synth', {
  input: CodePipelineSource.codeCommit(Repository.fromRepositoryName(stack, 'Repository', 'single'), 'main'),
  env: { MODULES: modules, CDK_VALIDATION: 'false' },
  commands: ['ln -s "$MODULES" node_modules', 'npx cdk synth --quiet'],
});
const checks = synth.addOutputDirectory('checks');
const pipeline = new CodePipeline(stack, 'Pipeline', {
  pipelineName: 'single',
  pipelineType: PipelineType.V2,
  useChangeSets: false,
  publishAssetsInParallel: false,
  cliVersion: '2.1148.1',
  cdkAssetsCliVersion: '4.7.3',
  synth,
});
for (const id of stages) {
  const site = new Site(app, id);
  const check = new CodeBuildStep(`Check${id}`, { input: checks, envFromCfnOutputs: { BUCKET: site.bucketName }, commands: ['echo "$BUCKET"', `test "$(cat ${id}.txt)" = works`] });
  pipeline.addStage(site, { post: [check] });
}
pipeline.buildPipeline();
const { defaultChild } = pipeline.pipeline.node;
if (defaultChild instanceof CfnPipeline) {
  defaultChild.executionMode = 'QUEUED';
  for (const id of stages) defaultChild.addPropertyOverride(`Stages.${pipeline.pipeline.stages.findIndex(({ stageName }) => stageName === id)}.OnFailure`, { Result: 'ROLLBACK' });
}
app.synth();
