import * as z from 'zod';

// The service's own shapes and limits: https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineDeclaration.html
export const entityName = z.string().min(1).max(100).regex(/^[A-Za-z0-9.@\-_]+$/);
const artifactName = z.string().min(1).max(100).regex(/^[a-zA-Z0-9_-]+$/);
const roleArn = z.string().max(1024).regex(/^arn:aws(-[\w]+)*:iam::[0-9]{12}:role\/.*/);
const artifactStore = z.object({
  type: z.enum(['S3']),
  location: z.string().min(3).max(63),
  encryptionKey: z.object({ id: z.string().min(1).max(400), type: z.enum(['KMS']) }).optional(),
});

const action = z.object({
  name: entityName,
  actionTypeId: z.object({
    category: z.enum(['Source', 'Build', 'Deploy', 'Test', 'Invoke', 'Approval', 'Compute']),
    owner: z.enum(['AWS', 'ThirdParty', 'Custom']),
    provider: z.string().min(1).max(35),
    version: z.string().min(1).max(9),
  }),
  runOrder: z.int().min(1).max(999).default(1),
  configuration: z.record(z.string(), z.string()).default({}),
  commands: z.array(z.string()).optional(),
  inputArtifacts: z.array(z.object({ name: artifactName })).default([]),
  outputArtifacts: z.array(z.object({ name: artifactName, files: z.array(z.string()).optional() })).default([]),
  outputVariables: z.array(z.string()).optional(),
  environmentVariables: z.array(z.object({ name: z.string(), value: z.string(), type: z.string().optional() })).optional(),
  roleArn: roleArn.optional(),
  region: z.string().min(4).max(30).optional(),
  namespace: z.string().min(1).max(100).regex(/^[A-Za-z0-9@\-_]+$/).optional(),
  timeoutInMinutes: z.int().min(5).max(86400).optional(),
});

const stage = z.object({
  name: entityName,
  blockers: z.array(z.object({ name: z.string(), type: z.enum(['Schedule']) })).optional(),
  actions: z.array(action),
  onFailure: z
    .object({
      result: z.enum(['ROLLBACK', 'FAIL', 'RETRY', 'SKIP']).optional(),
      retryConfiguration: z.object({ retryMode: z.enum(['FAILED_ACTIONS', 'ALL_ACTIONS']).optional() }).optional(),
      conditions: z.array(z.unknown()).optional(),
    })
    .optional(),
  onSuccess: z.unknown().optional(),
  beforeEntry: z.unknown().optional(),
});

const globs = z.object({ includes: z.array(z.string()).optional(), excludes: z.array(z.string()).optional() });
const trigger = z.object({
  providerType: z.enum(['CodeStarSourceConnection']),
  gitConfiguration: z.object({
    sourceActionName: entityName,
    push: z.array(z.object({ branches: globs.optional(), filePaths: globs.optional(), tags: globs.optional() })).optional(),
    pullRequest: z.array(z.unknown()).optional(),
  }),
});

export const pipelineDeclaration = z.object({
  name: entityName,
  roleArn,
  artifactStore: artifactStore.optional(),
  artifactStores: z.record(z.string(), artifactStore).optional(),
  stages: z.array(stage),
  version: z.int().optional(),
  executionMode: z.enum(['QUEUED', 'SUPERSEDED', 'PARALLEL']).default('SUPERSEDED'),
  pipelineType: z.enum(['V1', 'V2']).default('V1'),
  variables: z
    .array(z.object({ name: z.string().min(1).max(128).regex(/^[A-Za-z0-9@\-_]+$/), defaultValue: z.string().optional(), description: z.string().optional() }))
    .optional(),
  triggers: z.array(trigger).optional(),
});

export type PipelineDeclaration = z.infer<typeof pipelineDeclaration>;
export type StageDeclaration = PipelineDeclaration['stages'][number];
export type ActionDeclaration = StageDeclaration['actions'][number];
export type TriggerDeclaration = NonNullable<PipelineDeclaration['triggers']>[number];
export type RetryMode = 'FAILED_ACTIONS' | 'ALL_ACTIONS';
