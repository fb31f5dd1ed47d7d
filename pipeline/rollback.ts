import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import type { Pipeline } from 'aws-cdk-lib/aws-codepipeline';

/**
 * Makes these stages go back to their last good run when they fail. CDK Pipelines has no property for it. AWS finds a
 * target only among successful runs of the pipeline's present structure; without one the stage stays failed
 * (https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html).
 * @throws Error when a stage does not exist
 */
export function rollBackOnFailure(pipeline: Pipeline, stageNames: readonly string[]): void {
  const resource = pipeline.node.defaultChild;
  if (!(resource instanceof CfnPipeline)) throw new Error(`${pipeline.node.path} has no pipeline resource`);
  for (const name of stageNames) {
    const index = pipeline.stages.findIndex(({ stageName }) => stageName === name);
    if (index < 0) throw new Error(`the pipeline has no stage ${name} to roll back, only ${pipeline.stages.map(({ stageName }) => stageName).join(', ')}`);
    resource.addPropertyOverride(`Stages.${index}.OnFailure`, { Result: 'ROLLBACK' });
  }
}
