import { Duration } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';

/** What of DynamoDB passes by itself: a busy partition, a transaction on the same item, a failure of its own. */
const PASSING_IN_DYNAMODB = ['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceededException', 'InternalServerErrorException', 'TransactionConflictException', 'TransactionInProgressException', 'SdkClientException'].flatMap(
  (name) => [`DynamoDb.${name}`, `DynamoDB.${name}`],
);

/** A condition that does not hold. The documentation spells the prefix in two ways. */
export const CONDITION_FAILED = ['DynamoDb.ConditionalCheckFailedException', 'DynamoDB.ConditionalCheckFailedException'];

/** About a minute, with full jitter, so that what failed together does not come back together. */
export function retryDynamoDb(state: sfn.TaskStateBase): void {
  state.addRetry({ errors: PASSING_IN_DYNAMODB, interval: Duration.seconds(1), backoffRate: 2, maxDelay: Duration.seconds(15), maxAttempts: 6, jitterStrategy: sfn.JitterType.FULL });
}

/** Lambda itself did not run the function, or not to its end. */
export function retryLambda(state: sfn.TaskStateBase): void {
  state.addRetry({
    errors: ['Lambda.ClientExecutionTimeoutException', 'Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException', 'Lambda.TooManyRequestsException', 'Lambda.Unknown', 'Sandbox.Timedout', 'Runtime.ExitError'],
    interval: Duration.seconds(1),
    backoffRate: 2,
    maxDelay: Duration.seconds(20),
    maxAttempts: 6,
    jitterStrategy: sfn.JitterType.FULL,
  });
}

/** What of a service that is asked seldom passes by itself: about five minutes. `service` as Step Functions spells it in errors: `Glue`. */
export function retryService(state: sfn.TaskStateBase | sfn.CustomState, service: string, ...errors: readonly string[]): void {
  state.addRetry({
    errors: [...errors, 'ThrottlingException', 'InternalServerException', 'InternalServiceException', 'SdkClientException'].map((name) => `${service}.${name}`),
    interval: Duration.seconds(5),
    backoffRate: 2,
    maxDelay: Duration.seconds(120),
    maxAttempts: 6,
    jitterStrategy: sfn.JitterType.FULL,
  });
}
