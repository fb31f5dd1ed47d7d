import * as z from 'zod';
import { ServiceError } from '../../aws/errors';
import { operation } from '../../aws/json-service';
import type { LogStreams, StreamName } from '../logs/log-streams';
import { page } from './paging';

const group = { logGroupName: z.string().optional(), logGroupIdentifier: z.string().optional() };
const range = { startTime: z.int().optional(), endTime: z.int().optional(), limit: z.int().min(1).max(10_000).default(10_000), nextToken: z.string().optional() };

/** CloudWatch Logs' reading operations, for the groups of CodeBuild and CodePipeline. */
export function logOperations(logs: LogStreams) {
  return {
    DescribeLogGroups: operation(z.object({ logGroupNamePrefix: z.string().default(''), limit: z.int().min(1).max(50).default(50), nextToken: z.string().optional() }), ({ logGroupNamePrefix, limit, nextToken }, { account, region }) => {
      const { items, ...rest } = page(logs.groups(account, region, logGroupNamePrefix), limit, nextToken);
      return { logGroups: items.map((name) => ({ logGroupName: name, arn: `arn:aws:logs:${region}:${account}:log-group:${name}:*`, storedBytes: 0 })), ...rest };
    }),
    DescribeLogStreams: operation(
      z.object({ ...group, logStreamNamePrefix: z.string().default(''), orderBy: z.enum(['LogStreamName', 'LastEventTime']).default('LogStreamName'), descending: z.boolean().default(false), limit: z.int().min(1).max(50).default(50), nextToken: z.string().optional() }),
      (input, { account, region }) => {
        const name = groupOf(input);
        requireGroup(logs, account, region, name);
        const found = logs.streams(account, region, name).filter(({ stream }) => stream.startsWith(input.logStreamNamePrefix));
        const sorted = input.orderBy === 'LastEventTime' ? found.sort((a, b) => a.changedAt - b.changedAt) : found.sort((a, b) => a.stream.localeCompare(b.stream));
        const { items, ...rest } = page(input.descending ? sorted.toReversed() : sorted, input.limit, input.nextToken);
        return {
          logStreams: items.map(({ stream, createdAt, changedAt, bytes }) => ({
            logStreamName: stream,
            creationTime: createdAt,
            firstEventTimestamp: createdAt,
            lastEventTimestamp: changedAt,
            lastIngestionTime: changedAt,
            storedBytes: bytes,
            arn: `arn:aws:logs:${region}:${account}:log-group:${name}:log-stream:${stream}`,
          })),
          ...rest,
        };
      },
    ),
    GetLogEvents: operation(z.object({ ...group, ...range, logStreamName: z.string(), startFromHead: z.boolean().default(false) }), (input, { account, region }) => {
      const name = { account, region, group: groupOf(input), stream: input.logStreamName };
      if (!logs.exists(name)) throw new ServiceError('ResourceNotFoundException', 'The specified log stream does not exist.');
      return logEvents(logs, name, input);
    }),
    FilterLogEvents: operation(
      z.object({ ...group, ...range, logStreamNames: z.array(z.string()).optional(), logStreamNamePrefix: z.string().default(''), filterPattern: z.string().default('') }),
      (input, { account, region }) => {
        const name = groupOf(input);
        requireGroup(logs, account, region, name);
        const streams = logs.streams(account, region, name).filter(({ stream }) => input.logStreamNames?.includes(stream) ?? stream.startsWith(input.logStreamNamePrefix));
        const found = streams.flatMap((one) =>
          everyEvent(logs, one)
            .filter(({ timestamp }) => timestamp >= (input.startTime ?? 0) && timestamp <= (input.endTime ?? Infinity))
            .filter(({ message }) => fits(message, input.filterPattern))
            .map(({ timestamp, message, position }) => ({ logStreamName: one.stream, timestamp, message, ingestionTime: timestamp, eventId: `${one.stream}/${position}` })),
        );
        const { items, ...rest } = page(found.sort((a, b) => a.timestamp - b.timestamp), input.limit, input.nextToken);
        return { events: items, searchedLogStreams: [], ...rest };
      },
    ),
  };
}

function groupOf({ logGroupName, logGroupIdentifier }: { logGroupName?: string; logGroupIdentifier?: string }): string {
  const name = logGroupName ?? logGroupIdentifier?.split(':log-group:').at(-1)?.replace(/:\*$/, '');
  if (name === undefined) throw new ServiceError('InvalidParameterException', 'Either logGroupName or logGroupIdentifier must be given.');
  return name;
}

/** Tokens are positions: `f/` reads on from there, `b/` what comes before it. At either end the same token comes back. */
function logEvents(logs: LogStreams, name: StreamName, { nextToken, startFromHead, limit, startTime = 0, endTime = Infinity }: { nextToken?: string; startFromHead: boolean; limit: number; startTime?: number; endTime?: number }) {
  const [, direction, position] = /^([fb])\/(\d+)$/.exec(nextToken ?? '') ?? [];
  if (nextToken !== undefined && direction === undefined) throw new ServiceError('InvalidParameterException', 'The specified nextToken is invalid.');
  const forward = direction === undefined ? startFromHead : direction === 'f';
  const at = position === undefined ? undefined : Number(position);
  const read = forward ? { ...logs.readForward(name, at ?? 0, limit), first: at ?? 0 } : rename(logs.readBackward(name, at, limit));
  const events = read.events.filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);
  return {
    events: events.map(({ timestamp, message }) => ({ timestamp, message, ingestionTime: timestamp })),
    nextForwardToken: `f/${read.next}`,
    nextBackwardToken: `b/${read.first}`,
  };
}

const rename = ({ events, first, end }: ReturnType<LogStreams['readBackward']>) => ({ events, first, next: end });

function everyEvent(logs: LogStreams, name: StreamName) {
  const found: { timestamp: number; message: string; position: number }[] = [];
  for (let offset = 0; ; ) {
    const { events, next } = logs.readForward(name, offset, Infinity);
    if (events.length === 0) return found;
    for (const event of events) found.push({ ...event, position: found.length });
    offset = next;
  }
}

/** Terms that must all occur, `-term` must not, "quoted terms" may hold spaces. */
function fits(message: string, pattern: string): boolean {
  if (/^\s*[{[%]/.test(pattern)) throw new ServiceError('InvalidParameterException', 'Filter patterns for JSON, columns and regular expressions are not supported on this machine.');
  const terms = [...pattern.matchAll(/(-?)(?:"([^"]*)"|(\S+))/g)];
  return terms.every(([, negated, quoted, plain]) => message.includes(quoted ?? plain ?? '') === (negated === ''));
}

function requireGroup(logs: LogStreams, account: string, region: string, name: string): void {
  if (!logs.groups(account, region, name).includes(name)) throw new ServiceError('ResourceNotFoundException', 'The specified log group does not exist.');
}
