import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { emptied, type Definition } from './emptied';

export interface EmptyStackProps extends StackProps {
  /** What is emptied. */
  readonly definition: Definition;
}

/** A state machine with the states of another and nothing in them, and the function that its tasks call. */
export class EmptyStack extends Stack {
  constructor(scope: Construct, id: string, { definition, ...props }: EmptyStackProps) {
    super(scope, id, props);
    const echo = new lambda.Function(this, 'Echo', {
      code: lambda.Code.fromInline('exports.handler = async (event) => event;'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
    });
    const machine = new sfn.StateMachine(this, 'StateMachine', { definitionBody: sfn.DefinitionBody.fromString(JSON.stringify(emptied(definition, echo.functionArn))) });
    echo.grantInvoke(machine);
    new CfnOutput(this, 'StateMachineArn', { value: machine.stateMachineArn });
  }
}
