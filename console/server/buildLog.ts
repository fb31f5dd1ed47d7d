import { BatchGetBuildsCommand, type Build, type CodeBuildClient } from '@aws-sdk/client-codebuild';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { BuildLog } from '../model';
import { type LogStream, readLog } from './logStream';
import { Refusal } from './problems';

/**
 * A build's state and the part of its log that follows `from`, from the beginning without it.
 *
 * @throws Refusal (404) when there is no such build
 */
export async function readBuildLog(
  clients: { codebuild: CodeBuildClient; logs: CloudWatchLogsClient },
  buildId: string,
  from: string | undefined,
): Promise<BuildLog> {
  const build = await buildOf(clients.codebuild, buildId);
  return {
    project: build.projectName ?? '',
    status: build.buildStatus ?? 'IN_PROGRESS',
    phase: build.currentPhase,
    startedAt: build.startTime?.toISOString(),
    endedAt: build.endTime?.toISOString(),
    ...(await readLog(clients.logs, streamOf(build), from, build.endTime)),
  };
}

/** Where a build writes to; nowhere before it has begun. */
export async function buildLogStream(codebuild: CodeBuildClient, buildId: string): Promise<LogStream | undefined> {
  return streamOf(await buildOf(codebuild, buildId));
}

function streamOf({ logs }: Build): LogStream | undefined {
  return logs?.groupName && logs.streamName ? { group: logs.groupName, stream: logs.streamName } : undefined;
}

async function buildOf(codebuild: CodeBuildClient, buildId: string): Promise<Build> {
  const { builds } = await codebuild.send(new BatchGetBuildsCommand({ ids: [buildId] }));
  const build = builds?.[0];
  if (!build) throw new Refusal(404, `There is no build ${buildId}.`);
  return build;
}
