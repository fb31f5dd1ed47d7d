import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CodeBuildClient } from '@aws-sdk/client-codebuild';
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { S3Client } from '@aws-sdk/client-s3';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';

export interface AwsClients {
  readonly codepipeline: CodePipelineClient;
  readonly codebuild: CodeBuildClient;
  readonly logs: CloudWatchLogsClient;
  /** Reads the artefacts of runs, and nothing else. */
  readonly s3: S3Client;
  /** A client for the account and region an action deploys to, acting as the action's own role. */
  cloudformation(target: { region?: string; roleArn?: string }): CloudFormationClient;
}

/** Clients for one account and region. What is not given comes from the SDK's ordinary configuration. */
export function awsClients(settings: { profile?: string; region?: string }): AwsClients {
  const options = { ...settings, requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000 } };
  const codepipeline = new CodePipelineClient(options);
  const deployments = new Map<string, CloudFormationClient>();
  return {
    codepipeline,
    codebuild: new CodeBuildClient(options),
    logs: new CloudWatchLogsClient(options),
    s3: new S3Client(options),
    cloudformation({ region, roleArn }) {
      const key = `${region ?? ''} ${roleArn ?? ''}`;
      const known = deployments.get(key);
      if (known) return known;
      const client = new CloudFormationClient({
        ...options,
        ...(region && { region }),
        ...(roleArn && {
          credentials: fromTemporaryCredentials({
            masterCredentials: codepipeline.config.credentials,
            params: { RoleArn: roleArn, RoleSessionName: 'console' },
            clientConfig: options,
          }),
        }),
      });
      deployments.set(key, client);
      return client;
    },
  };
}
