import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { API_SIGN_IN_SCOPE } from '../../app/edge/sign-in';

export interface BareStackProps extends StackProps {
  /** Folder with the function's bundle, `index.mjs`. */
  readonly bundle: string;
  /** Names of the shop's tables, by the variable that tells the function. */
  readonly tables: Readonly<Record<string, string>>;
  readonly userPoolId: string;
  readonly clientId: string;
}

/** A function behind an HTTP API of its own, with the shop's tables and sign-in and nothing in front of it. */
export class BareStack extends Stack {
  constructor(scope: Construct, id: string, { bundle, tables, userPoolId, clientId, ...props }: BareStackProps) {
    super(scope, id, props);
    const handler = new lambda.Function(this, 'Function', {
      code: lambda.Code.fromAsset(bundle),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 1_769,
      environment: { ...tables },
    });
    for (const [name, table] of Object.entries(tables)) TableV2.fromTableName(this, name, table).grantReadWriteData(handler);
    const api = new apigateway.HttpApi(this, 'Api');
    api.addRoutes({
      path: '/api/orders',
      methods: [apigateway.HttpMethod.POST],
      integration: new HttpLambdaIntegration('Integration', handler),
      authorizer: new HttpJwtAuthorizer('Authorizer', `https://cognito-idp.${this.region}.amazonaws.com/${userPoolId}`, { jwtAudience: [clientId] }),
      authorizationScopes: [API_SIGN_IN_SCOPE],
    });
    new CfnOutput(this, 'ApiUrl', { value: api.apiEndpoint });
  }
}
