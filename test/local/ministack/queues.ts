import { callJson } from './functions';
import type { TestServer } from './ministackServer';
import { eventually } from '../../support/eventually';

/** The parsed bodies of the next messages of a queue, as many as asked for, in the order of their arrival. */
export async function received(server: TestServer, QueueUrl: string, count: number): Promise<readonly Record<string, unknown>[]> {
  const bodies: Record<string, unknown>[] = [];
  return eventually(async () => {
    const { Messages } = await callJson(server, 'sqs', 'AmazonSQS.ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
    for (const { Body, ReceiptHandle } of (Messages ?? []) as { Body: string; ReceiptHandle: string }[]) {
      bodies.push(JSON.parse(Body) as Record<string, unknown>);
      await callJson(server, 'sqs', 'AmazonSQS.DeleteMessage', { QueueUrl, ReceiptHandle });
    }
    return bodies.length >= count && bodies;
  });
}
