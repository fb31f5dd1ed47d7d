import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

const client = new KinesisClient({});
const encoder = new TextEncoder();

/** Puts what it is sent into the shop's own stream, and nothing else: no contract, no token, no log. */
export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const { events }: { events: { sessionId: string }[] } = JSON.parse(event.body ?? '{}');
  const Records = events.map((click) => ({ Data: encoder.encode(JSON.stringify(click)), PartitionKey: click.sessionId }));
  await client.send(new PutRecordsCommand({ StreamName: process.env['CLICK_STREAM_NAME'], Records }));
  return { statusCode: 202, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ accepted: events.length, refused: [] }) };
}
