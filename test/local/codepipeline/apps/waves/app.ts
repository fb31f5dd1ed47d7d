import { App, CfnOutput, Stack, Stage, type StackProps } from 'aws-cdk-lib';
import { CfnPipeline, PipelineType } from 'aws-cdk-lib/aws-codepipeline';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { CodeBuildStep, CodePipeline, CodePipelineSource, ManualApprovalStep, ShellStep } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import { dirname, join } from 'node:path';

// Two sources, a wave of two regions and accounts at once, change sets reviewed by a person, steps that hand values on.
const connectionArn = 'arn:aws:codeconnections:eu-west-1:100000000001:connection/example';
const modules = dirname(dirname(require.resolve('aws-cdk-lib/package.json')));

class Service extends Stack {
  readonly address: CfnOutput;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const page = new Asset(this, 'Page', { path: join(__dirname, 'page') });
    const parameter = new StringParameter(this, 'Address', { parameterName: `/waves/${Stage.of(this)?.stageName}/address`, stringValue: page.s3ObjectUrl });
    this.address = new CfnOutput(this, 'Parameter', { value: parameter.parameterName });
  }
}

class Region extends Stage {
  readonly service: Service;

  constructor(scope: Construct, id: string, account: string, region: string) {
    super(scope, id, { env: { account, region } });
    this.service = new Service(this, 'Service', {});
  }
}

const app = new App();
const stack = new Stack(app, 'WavesPipeline', { env: { account: '100000000001', region: 'eu-west-1' } });
const source = CodePipelineSource.connection('waves/application', 'main', { connectionArn });
const settings = CodePipelineSource.connection('waves/settings', 'trunk', { connectionArn });
const synth = new CodeBuildStep('Synth', {
  input: source,
  additionalInputs: { settings },
  env: { MODULES: modules, CDK_VALIDATION: 'false', COMMIT: source.sourceAttribute('CommitId') },
  commands: ['ln -s "$MODULES" node_modules', 'npx cdk synth --quiet', 'mkdir checks', 'cp settings/greeting.txt checks/', 'printf %s "$COMMIT" > checks/commit.txt'],
});
const checks = synth.addOutputDirectory('checks');
const pipeline = new CodePipeline(stack, 'Pipeline', {
  pipelineName: 'waves',
  pipelineType: PipelineType.V2,
  crossAccountKeys: true,
  cliVersion: '2.1148.1',
  cdkAssetsCliVersion: '4.7.3',
  synth,
});

const first = new Region(app, 'First', '100000000002', 'eu-west-1');
const greet = new CodeBuildStep('Greet', {
  input: checks,
  envFromCfnOutputs: { PARAMETER: first.service.address },
  commands: ['cat greeting.txt', 'export GREETING="$(cat greeting.txt) $PARAMETER"'],
});
const report = new ShellStep('Report', { env: { GREETING: greet.exportedVariable('GREETING') }, commands: ['test "$GREETING" = "good morning /waves/First/address"'] });
const review = { stack: first.service, changeSet: [new ManualApprovalStep('Review', { comment: 'Read the change set.' })] };
pipeline.addStage(first, { stackSteps: [review], post: [greet, report] });

const wave = pipeline.addWave('Everywhere', { post: [new ShellStep('Done', { input: checks, commands: ['cat commit.txt'] })] });
wave.addStage(new Region(app, 'Ireland', '100000000003', 'eu-west-1'));
wave.addStage(new Region(app, 'Frankfurt', '100000000003', 'eu-central-1'));

pipeline.buildPipeline();
const { defaultChild } = pipeline.pipeline.node;
if (defaultChild instanceof CfnPipeline) defaultChild.executionMode = 'SUPERSEDED';
app.synth();
