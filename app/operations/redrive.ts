import { CloudFormationClient, paginateDescribeStacks, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { GetEventSourceMappingCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { Command } from 'commander';
import { redrive } from './redriving';
import type { Consumer, Invoke } from './redriving';

interface Options {
  readonly environment: string;
  readonly consumer?: string;
  readonly dryRun?: boolean;
}

const BUCKET = /^arn:[^:]+:s3:::(.+)$/;

async function run({ environment, consumer: only, dryRun = false }: Options): Promise<void> {
  const lambda = new LambdaClient({});
  const all = await consumersOf(environment, lambda);
  const consumers = all.filter(({ name }) => only === undefined || name.startsWith(only));
  if (consumers.length === 0) throw new Error(`${environment} has no ${only === undefined ? 'consumer that leaves records in a bucket' : `consumer ${only}, only ${all.map(({ name }) => name).join(', ')}`}.`);
  for (const consumer of consumers) {
    const { found, taken, failed } = await redrive(consumer, {
      // Its own address style would need a name for each bucket.
      s3: new S3Client({ forcePathStyle: true }),
      invoke: invokeWith(lambda),
      dryRun,
      onProgress: ({ name }, done) => {
        if (done % 25 === 0) console.error(`${name}: ${done} batches …`);
      },
      onFailure: ({ name, bucket }, key, reason) => console.error(`${name}: s3://${bucket}/${key}: ${reason}`),
    });
    console.log(dryRun ? `${consumer.name}: ${found} batches are kept in s3://${consumer.bucket}.` : `${consumer.name}: ${taken} of ${found} batches taken${failed > 0 ? `, ${failed} failed again and stay` : ''}.`);
    if (failed > 0) process.exitCode = 1;
  }
}

/** The event sources of an environment's stacks that leave what they give up on in a bucket. */
async function consumersOf(environment: string, lambda: LambdaClient): Promise<Consumer[]> {
  const client = new CloudFormationClient({});
  const consumers: Consumer[] = [];
  for await (const { Stacks: stacks = [] } of paginateDescribeStacks({ client }, {})) {
    for (const { StackName: stack = '' } of stacks.filter(({ StackName: name = '' }) => name.startsWith(`${environment}-`))) {
      for await (const { StackResourceSummaries: resources = [] } of paginateListStackResources({ client }, { StackName: stack })) {
        for (const { ResourceType: type, LogicalResourceId: id = '', PhysicalResourceId: uuid = '' } of resources) {
          if (type !== 'AWS::Lambda::EventSourceMapping') continue;
          const { FunctionArn: functionArn, DestinationConfig: destinations } = await lambda.send(new GetEventSourceMappingCommand({ UUID: uuid }));
          const [, bucket] = BUCKET.exec(destinations?.OnFailure?.Destination ?? '') ?? [];
          if (bucket !== undefined && functionArn !== undefined) consumers.push({ name: `${stack.slice(environment.length + 1)}/${id}`, eventSourceId: uuid, functionArn, bucket });
        }
      }
    }
  }
  return consumers;
}

const invokeWith = (lambda: LambdaClient): Invoke => async (functionArn, event) => {
  const { FunctionError: failed, Payload: payload } = await lambda.send(new InvokeCommand({ FunctionName: functionArn, Payload: new TextEncoder().encode(event) }));
  const text = payload ? new TextDecoder().decode(payload) : '';
  if (failed !== undefined) throw new Error(`the consumer failed: ${text.slice(0, 300)}`);
  return text === '' ? undefined : JSON.parse(text);
};

new Command('redrive')
  .description('Gives consumers of streams again what they gave up on. A batch is removed once it has been taken; it may be stopped and begun again at any time.')
  .requiredOption('--environment <name>', 'whose consumers, in the account and region of your AWS credentials: Dev')
  .option('--consumer <name>', 'only those whose name begins so: Workflow')
  .option('--dry-run', 'only say what is kept')
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
