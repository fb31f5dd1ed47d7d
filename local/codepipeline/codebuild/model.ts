import * as z from 'zod';

export const environmentVariable = z.object({
  name: z.string().min(1),
  value: z.string(),
  type: z.enum(['PLAINTEXT', 'PARAMETER_STORE', 'SECRETS_MANAGER']).default('PLAINTEXT'),
});
export type EnvironmentVariable = z.infer<typeof environmentVariable>;

const source = z.looseObject({ type: z.string(), buildspec: z.string().optional(), location: z.string().optional() });

// Only what the runner reads is spelled out: the rest of a project is kept and given back as it came.
// https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Project.html
export const projectSettings = z.looseObject({
  name: z.string().min(2).max(150).regex(/^[A-Za-z0-9][A-Za-z0-9\-_]{1,149}$/),
  source,
  artifacts: z.looseObject({ type: z.string() }),
  environment: z.looseObject({
    type: z.string(),
    image: z.string(),
    computeType: z.string(),
    environmentVariables: z.array(environmentVariable).default([]),
  }),
  serviceRole: z.string().min(1),
  timeoutInMinutes: z.int().min(5).max(2160).default(60),
  queuedTimeoutInMinutes: z.int().default(480),
  encryptionKey: z.string().optional(),
  logsConfig: z.looseObject({ cloudWatchLogs: z.looseObject({ groupName: z.string().optional(), streamName: z.string().optional() }).optional() }).optional(),
  tags: z.array(z.object({ key: z.string(), value: z.string() })).default([]),
});
export type ProjectSettings = z.infer<typeof projectSettings>;

export interface Project {
  readonly account: string;
  readonly region: string;
  readonly settings: ProjectSettings;
  readonly createdAt: number;
  readonly changedAt: number;
}

export type PhaseType = 'SUBMITTED' | 'QUEUED' | 'PROVISIONING' | 'DOWNLOAD_SOURCE' | 'INSTALL' | 'PRE_BUILD' | 'BUILD' | 'POST_BUILD' | 'UPLOAD_ARTIFACTS' | 'FINALIZING' | 'COMPLETED';
export type BuildStatus = 'SUCCEEDED' | 'FAILED' | 'FAULT' | 'TIMED_OUT' | 'IN_PROGRESS' | 'STOPPED';

export interface BuildPhase {
  readonly phaseType: PhaseType;
  phaseStatus?: BuildStatus;
  readonly startTime: number;
  endTime?: number;
  context?: { readonly statusCode: string; readonly message: string };
}

/** A build as it is kept; times in milliseconds since 1970. */
export interface Build {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly project: ProjectSettings;
  readonly number: number;
  readonly initiator: string;
  readonly sourceVersion?: string;
  readonly resolvedSourceVersion?: string;
  readonly environmentVariables: readonly EnvironmentVariable[];
  readonly logGroup: string;
  readonly logStream: string;
  readonly startTime: number;
  endTime?: number;
  status: BuildStatus;
  phases: BuildPhase[];
  exportedVariables: { readonly name: string; readonly value: string }[];
  reportArns: string[];
}

export const buildArn = ({ account, region, id }: Pick<Build, 'account' | 'region' | 'id'>) => `arn:aws:codebuild:${region}:${account}:build/${id}`;

/** What a person needs to know about a build that has not succeeded. */
export function failureOf({ status, phases }: Build): string {
  const failed = phases.find(({ phaseStatus }) => phaseStatus !== 'SUCCEEDED' && phaseStatus !== undefined);
  if (failed === undefined) return `Build terminated with state: ${status}`;
  const { statusCode = status, message = '' } = failed.context ?? {};
  return `Build terminated with state: ${status}. Phase: ${failed.phaseType}, Code: ${statusCode}, Message: ${message}`;
}
