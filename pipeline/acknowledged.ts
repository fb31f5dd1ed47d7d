import { Stack } from 'aws-cdk-lib';
import type { IProject } from 'aws-cdk-lib/aws-codebuild';
import type { CodeBuildStep, CodePipeline } from 'aws-cdk-lib/pipelines';
import type { IConstruct } from 'constructs';
import { acknowledge, inFinding } from '../app/shared/acknowledge';

/** Accepts what CDK Pipelines makes by itself, role by role, for all that cdk-nag finds in it. */
export function acknowledgePipelineFindings(built: CodePipeline, steps: readonly CodeBuildStep[]): void {
  const { pipeline, synthProject, selfMutationProject } = built;
  acknowledge(pipeline.artifactBucket, 'AwsSolutions-S1', 'Artefacts of one pipeline, reached by its roles alone; who reads them is in CloudTrail.');

  const writing = ['DeleteObject', 'Abort'];
  for (const role of [pipeline.role, sourceRole(pipeline), roleOf(synthProject)]) artefacts(role, pipeline.artifactBucket, writing);
  artefacts(roleOf(selfMutationProject), pipeline.artifactBucket);
  // A step that measures keeps its evidence with the run.
  for (const { project, primaryOutput } of steps) artefacts(roleOf(project), pipeline.artifactBucket, primaryOutput ? writing : []);
  for (const project of [synthProject, selfMutationProject, ...steps.map((step) => step.project)]) logAndReports(project);

  const otherRegions = Object.values(pipeline.crossRegionSupport);
  for (const { replicationBucket } of otherRegions) {
    acknowledge(replicationBucket, 'AwsSolutions-S1', 'Copies of the artefacts for the deployments of another region, reached by the same roles alone.');
    acknowledge(pipeline.role, `AwsSolutions-IAM5[Resource::arn:aws:s3:::${String(Stack.of(pipeline).resolve(replicationBucket.bucketName))}/*]`, 'The bucket holds the artefacts of this pipeline and nothing else.');
  }
  if (otherRegions.length > 0) {
    acknowledge(pipeline.role, 'AwsSolutions-IAM5[Resource::*]', "Keys of other regions' buckets have ids that this stack cannot know.");
  }

  const selfMutation = roleOf(selfMutationProject);
  acknowledge(selfMutation, `AwsSolutions-IAM5[Resource::arn:*:iam::${Stack.of(pipeline).account}:role/*]`, 'Only roles that the bootstrap tagged as its own: a condition says so.');
  acknowledge(selfMutation, 'AwsSolutions-IAM5[Resource::*]', 'DescribeStacks and ListBuckets, with which `cdk deploy` finds the bootstrap.');

  const publish = built.node.findChild('Assets').node.findChild('FileRole');
  artefactReads(publish, pipeline.artifactBucket);
  const { account, region } = Stack.of(pipeline);
  for (const place of [`logs:${region}:${account}:log-group:/aws/codebuild/*`, `codebuild:${region}:${account}:report-group/*`]) {
    acknowledge(publish, `AwsSolutions-IAM5[Resource::arn:aws:${place}]`, 'CDK Pipelines makes this role before the project, whose name it therefore cannot know.');
  }
  acknowledge(publish, 'AwsSolutions-IAM5[Resource::*]', 'StartBuild and the like: CDK Pipelines makes this role before the project it is for.');
}

function artefacts(role: IConstruct, bucket: IConstruct, furtherActions: readonly string[] = []): void {
  artefactReads(role, bucket);
  for (const action of furtherActions) acknowledge(role, `AwsSolutions-IAM5[Action::s3:${action}*]`, 'This role writes artefacts as well.');
  for (const action of ['GenerateDataKey', 'ReEncrypt']) {
    acknowledge(role, `AwsSolutions-IAM5[Action::kms:${action}*]`, 'Granted by the CDK on the key of the artefact bucket, which has no other use.');
  }
}

function artefactReads(role: IConstruct, bucket: IConstruct): void {
  for (const action of ['GetObject', 'GetBucket', 'List']) {
    acknowledge(role, `AwsSolutions-IAM5[Action::s3:${action}*]`, 'Granted by the CDK on the artefact bucket alone.');
  }
  acknowledge(role, `AwsSolutions-IAM5[Resource::${inFinding(bucket, role, 'Arn')}/*]`, 'The bucket holds the artefacts of this pipeline and nothing else.');
}

function logAndReports(project: IProject): void {
  const { account, region } = Stack.of(project);
  const name = inFinding(project, project);
  for (const place of [`logs:${region}:${account}:log-group:/aws/codebuild/${name}:*`, `codebuild:${region}:${account}:report-group/${name}-*`]) {
    acknowledge(roleOf(project), `AwsSolutions-IAM5[Resource::arn:aws:${place}]`, "CodeBuild names the project's log streams and report groups after the project.");
  }
}

function roleOf(project: IProject): IConstruct {
  if (!project.role) throw new Error(`${project.node.path} has no role`);
  return project.role;
}

function sourceRole(pipeline: IConstruct): IConstruct {
  const role = pipeline.node.findChild('Source').node.findAll().find(({ node }) => node.id === 'CodePipelineActionRole');
  if (!role) throw new Error('The source action no longer has a role of its own');
  return role;
}
