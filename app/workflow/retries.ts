import { Duration } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { retryLambda } from '../shared/retries';

/** What the payment functions throw when the provider does not answer: about three minutes. */
export const PAYMENT_UNAVAILABLE = 'PaymentUnavailable';

export function retryPayment(state: sfn.TaskStateBase): void {
  state.addRetry({ errors: [PAYMENT_UNAVAILABLE, sfn.Errors.TIMEOUT], interval: Duration.seconds(1), backoffRate: 2, maxDelay: Duration.seconds(30), maxAttempts: 9, jitterStrategy: sfn.JitterType.FULL });
  retryLambda(state);
}

/** The carrier is busy, or did not answer. */
export const CARRIER_UNAVAILABLE = [...[408, 425, 429, 500, 502, 503, 504].map((code) => `States.Http.StatusCode.${code}`), 'States.Http.Socket', sfn.Errors.TIMEOUT];

export function retryCarrier(state: sfn.TaskStateBase): void {
  state.addRetry({ errors: CARRIER_UNAVAILABLE, interval: Duration.seconds(1), backoffRate: 2, maxDelay: Duration.seconds(30), maxAttempts: 9, jitterStrategy: sfn.JitterType.FULL });
}

/** For mails: SES is slow to come back, and a customer does not mind a minute. */
export function retryMail(state: sfn.TaskStateBase): void {
  state.addRetry({ errors: [sfn.Errors.ALL], interval: Duration.seconds(2), backoffRate: 2, maxDelay: Duration.seconds(60), maxAttempts: 6, jitterStrategy: sfn.JitterType.FULL });
}
