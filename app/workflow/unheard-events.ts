import { Duration } from 'aws-cdk-lib';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../shared/acknowledge';

/** Keeps events that nobody could be told of: EventBridge tries for a day and would then forget them. */
export class UnheardEvents extends Construct {
  /** A message for each event, whole, with what EventBridge was answered. */
  readonly queue: sqs.Queue;
  readonly #handlers: lambda.Alias[] = [];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.queue = new sqs.Queue(this, 'Queue', { enforceSSL: true, retentionPeriod: Duration.days(14) });
    acknowledge(this.queue, 'AwsSolutions-SQS3', 'It is where events end that could not be delivered; an alarm watches it and people read it.');
  }

  /** What handles the events, once EventBridge has handed them over. */
  get handlers(): readonly lambda.Alias[] {
    return this.#handlers;
  }

  /** A rule's target: the function, or else this queue. */
  orHandledBy(handler: lambda.Alias): targets.LambdaFunction {
    this.#handlers.push(handler);
    return new targets.LambdaFunction(handler, { retryAttempts: 10, deadLetterQueue: this.queue });
  }
}
