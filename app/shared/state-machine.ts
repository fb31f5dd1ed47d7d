import { RemovalPolicy } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';

export interface StateMachineDefaults {
  readonly logRetention: logs.RetentionDays;
}

export interface ServiceStateMachineProps extends StateMachineDefaults {
  readonly start: sfn.IChainable;
  readonly comment: string;
  /** @default CloudFormation's */
  readonly stateMachineName?: string;
}

/** A state machine of this house: standard, JSONata, its errors logged without the data. */
export class ServiceStateMachine extends sfn.StateMachine {
  constructor(scope: Construct, id: string, { start, comment, logRetention, stateMachineName }: ServiceStateMachineProps) {
    super(scope, id, {
      definitionBody: sfn.DefinitionBody.fromChainable(start),
      queryLanguage: sfn.QueryLanguage.JSONATA,
      comment,
      stateMachineName,
      logs: {
        // Step Functions may write only to groups of this prefix once a resource policy has grown too long
        // (https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html).
        destination: new logs.LogGroup(scope, 'Log', { retention: logRetention, removalPolicy: RemovalPolicy.DESTROY }),
        level: sfn.LogLevel.ERROR,
        includeExecutionData: false,
      },
    });
    acknowledge(this, 'AwsSolutions-SF1', 'Errors are logged; every event of every execution is in its history for 90 days, and logging them all again would double the price of an execution.');
    acknowledge(this.role, 'AwsSolutions-IAM5[Resource::*]', 'Setting up the delivery of logs knows no resource, and calling an HTTP endpoint is bound to its address by a condition.');
    acknowledge(this, 'AwsSolutions-SF2', 'X-Ray shows nothing that the history does not.');
  }
}
