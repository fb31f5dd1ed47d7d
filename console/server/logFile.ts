import { stripVTControlCharacters } from 'node:util';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Context } from 'hono';
import { stream as streamed } from 'hono/streaming';
import { type LogStream, wholeLog } from './logStream';

/** A whole log as a file: each line behind the instant it was written at, without what only a terminal understands. */
export function logFile(context: Context, logs: CloudWatchLogsClient, name: string, stream: LogStream | undefined): Response {
  context.header('content-type', 'text/plain; charset=utf-8');
  context.header('content-disposition', `attachment; filename="${name.replaceAll(/[^\w.-]+/g, '-')}.log"`);
  return streamed(context, async (file) => {
    if (!stream) return;
    for await (const events of wholeLog(logs, stream)) {
      await file.write(events.map(({ at, text }) => `${at}  ${stripVTControlCharacters(text)}\n`).join(''));
    }
  });
}
