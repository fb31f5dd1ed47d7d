import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';

export interface TimedCallProps extends tasks.CallAwsServiceProps {
  /** A JSONata expression for the seconds after which the call is given up. */
  readonly seconds: `{%${string}%}`;
}

/**
 * A call whose deadline is worked out when it begins. The CDK writes such a deadline as `TimeoutSecondsPath`, which
 * JSONata states do not have (https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html).
 */
export class TimedCall extends tasks.CallAwsService {
  readonly #seconds: string;

  constructor(scope: Construct, id: string, { seconds, ...props }: TimedCallProps) {
    super(scope, id, props);
    this.#seconds = seconds;
  }

  override toStateJson(topLevelQueryLanguage?: sfn.QueryLanguage): object {
    return { ...super.toStateJson(topLevelQueryLanguage), TimeoutSeconds: this.#seconds };
  }
}
