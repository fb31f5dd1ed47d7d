import { type CloudWatchLogsClient, GetLogEventsCommand, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import type { BuildLog } from '../model';

export interface LogStream {
  group: string;
  stream: string;
}

/** CloudWatch Logs may deliver a log's last lines some seconds after the work has ended. */
const SETTLING_MS = 5_000;

export type LogPage = Pick<BuildLog, 'events' | 'next' | 'complete'>;

/**
 * The part of a log that follows `from`, from the beginning without it. `endedAt` is when what writes it ended.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html: the end is
 * reached when the forward token is the one that was sent; a page before it may be empty.
 */
export async function readLog(
  logs: CloudWatchLogsClient,
  stream: LogStream | undefined,
  from: string | undefined,
  endedAt: Date | undefined,
  now: () => number = Date.now,
): Promise<LogPage> {
  const page = stream && (await pageOf(logs, stream, from));
  const next = page?.nextForwardToken ?? from;
  const settled = endedAt !== undefined && now() - endedAt.getTime() > SETTLING_MS;
  return {
    events: (page?.events ?? []).map(({ timestamp = 0, message = '' }) => ({ at: new Date(timestamp).toISOString(), text: message.replace(/\r?\n$/, '') })),
    next,
    complete: settled && next === from,
  };
}

/** Everything a log has at present, page after page. */
export async function* wholeLog(logs: CloudWatchLogsClient, stream: LogStream): AsyncGenerator<BuildLog['events']> {
  let from: string | undefined;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- where a page begins, the one before it says
    const { events, next } = await readLog(logs, stream, from, undefined);
    if (events.length > 0) yield events;
    if (next === from) return;
    from = next;
  }
}

/** `arn:aws:logs:<region>:<account>:log-group:<group>:log-stream:<stream>` */
export function logStreamOf(arn: string | undefined): LogStream | undefined {
  const [, group, stream] = /:log-group:([^:]+):log-stream:(.+)$/.exec(arn ?? '') ?? [];
  return group && stream ? { group, stream } : undefined;
}

async function pageOf(logs: CloudWatchLogsClient, { group, stream }: LogStream, nextToken: string | undefined) {
  try {
    return await logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, nextToken, startFromHead: true }));
  } catch (error) {
    // What has just begun has not written its first line, which is what creates the stream.
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
