import { Stack } from 'aws-cdk-lib';
import { ExecutionMode, PipelineType } from 'aws-cdk-lib/aws-codepipeline';
import { CodeBuildStep, CodePipeline, ManualApprovalStep } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import type { Website } from '../stages/environments';
import { WebsiteStage } from '../stages/website-stage';
import { acknowledgePipelineFindings } from './acknowledged';
import { buildEnvironment, nodeVersion } from './build-environment';
import { integrationStep, smokeStep } from './gate-step';
import { rollBackOnFailure } from './rollback';
import { pipelineSource } from './source';
import { subscriptionStep } from './subscription-step';

/** How a release goes its way: a push is built once, and what was built passes every environment in turn. */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, { pipeline: { account, region, source }, environments }: Website) {
    super(scope, id, { env: { account, region }, description: 'Website: the pipeline' });

    const synth = new CodeBuildStep('Synth', {
      input: pipelineSource(this, source),
      // Not `npm ci`: it refuses a lock file that was written where another platform's binaries could not be seen.
      installCommands: ['npm install --no-save --no-audit --no-fund'],
      commands: ['npm run audit', 'npm run synth'],
      primaryOutputDirectory: 'cdk.out',
    });
    const checks = synth.addOutputDirectory('dist/gate');
    // Kept with the run: what is in this release.
    synth.addOutputDirectory('dist/sbom');

    const pipeline = new CodePipeline(this, 'Pipeline', {
      pipelineName: 'website',
      pipelineType: PipelineType.V2,
      // A newer push overtakes one that waits. QUEUED would keep each, but an update of the pipeline cancels what
      // waits, and this pipeline updates itself; nothing is lost, since the newer push contains the older.
      executionMode: ExecutionMode.SUPERSEDED,
      synth,
      selfMutation: true,
      // npm's `latest` of aws-cdk is a stray 3.0.0, and cdk-assets must know the schema of this CDK's assemblies.
      cliVersion: '2.1148.1',
      cdkAssetsCliVersion: '4.7.3',
      crossAccountKeys: true,
      enableKeyRotation: true,
      useChangeSets: false,
      publishAssetsInParallel: false,
      codeBuildDefaults: { buildEnvironment, partialBuildSpec: nodeVersion },
    });

    const steps: CodeBuildStep[] = [];
    for (const environment of environments) {
      const stage = new WebsiteStage(this, { environment, pipelineAccount: account });
      if (environment.approval) {
        // A stage of its own, because a rejection fails its stage, and failing the environment's would roll it back.
        pipeline.addWave(`Approve${environment.name}`, { post: [new ManualApprovalStep('Approve', { comment: `Release to ${environment.name}?` })] });
      }
      const step = environment.gate
        ? integrationStep(this, { environment, stage, pipelineAccount: account, checks })
        : smokeStep({ stage, checks });
      const subscribed = stage.subscription ? [{ stack: stage.subscription, step: subscriptionStep(this, { environment, pipelineAccount: account, checks }) }] : [];
      pipeline.addStage(stage, { stackSteps: subscribed.map((looking) => ({ stack: looking.stack, post: [looking.step] })), post: [step] });
      steps.push(step, ...subscribed.map((looking) => looking.step));
    }

    pipeline.buildPipeline();
    rollBackOnFailure(pipeline.pipeline, environments.map(({ name }) => name));
    acknowledgePipelineFindings(pipeline, steps);
  }
}
