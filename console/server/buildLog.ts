import { BatchGetBuildsCommand, type CodeBuildClient } from '@aws-sdk/client-codebuild';
import { type CloudWatchLogsClient, GetLogEventsCommand, type GetLogEventsCommandOutput, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import type { BuildLog } from '../model';
import { Refusal } from './problems';

/** CloudWatch Logs may deliver a build's last lines some seconds after the build has ended. */
const SETTLING_MS = 5_000;

/**
 * A build's state and the part of its log that follows `from`, from the beginning without it.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html: the end is
 * reached when the forward token is the one that was sent; a page before it may be empty.
 *
 * @throws Refusal (404) when there is no such build
 */
export async function readBuildLog(
  clients: { codebuild: CodeBuildClient; logs: CloudWatchLogsClient },
  buildId: string,
  from: string | undefined,
  now: () => number = Date.now,
): Promise<BuildLog> {
  const { builds } = await clients.codebuild.send(new BatchGetBuildsCommand({ ids: [buildId] }));
  const build = builds?.[0];
  if (!build) throw new Refusal(404, `There is no build ${buildId}.`);
  const page = await logPage(clients.logs, build.logs?.groupName, build.logs?.streamName, from);
  const next = page?.nextForwardToken ?? from;
  const settled = build.endTime !== undefined && now() - build.endTime.getTime() > SETTLING_MS;
  return {
    project: build.projectName ?? '',
    status: build.buildStatus ?? 'IN_PROGRESS',
    phase: build.currentPhase,
    startedAt: build.startTime?.toISOString(),
    endedAt: build.endTime?.toISOString(),
    events: (page?.events ?? []).map(({ timestamp = 0, message = '' }) => ({ at: new Date(timestamp).toISOString(), text: message.replace(/\r?\n$/, '') })),
    next,
    complete: settled && next === from,
  };
}

async function logPage(
  logs: CloudWatchLogsClient,
  logGroupName: string | undefined,
  logStreamName: string | undefined,
  nextToken: string | undefined,
): Promise<GetLogEventsCommandOutput | undefined> {
  if (!logGroupName || !logStreamName) return undefined;
  try {
    return await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, nextToken, startFromHead: true }));
  } catch (error) {
    // A build that has just begun has not written its first line, which is what creates the stream.
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
