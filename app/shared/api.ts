import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ROUTES } from '../../contracts/http';
import type { Route, RouteName } from '../../contracts/http';
import { acknowledge } from './acknowledge';
import { ServiceFunction } from './function';
import type { FunctionDefaults } from './function';

/** The public HTTP API as the edge offers it to the stacks that add routes to it. */
export interface PublicApi {
  readonly httpApi: apigateway.IHttpApi;
  readonly authorizer: apigateway.IHttpRouteAuthorizer;
  /** Scopes that open a customer's route besides its own: the gate's, where there is a gate. */
  readonly furtherScopes: readonly string[];
  /** What CloudFront proves itself with; every function behind a route must be able to read it. */
  readonly originSecret: secretsmanager.ISecret;
}

export interface ApiFunctionProps {
  readonly api: PublicApi;
  readonly defaults: FunctionDefaults;
  readonly entry: `${string}/${string}`;
  readonly description: string;
  readonly environment?: Record<string, string>;
  readonly memorySize?: number;
}

/** A function and what it answers: a route of contracts/http.ts, or every request that no route does. */
export class ApiFunction extends ServiceFunction {
  constructor(scope: Construct, id: string, route: RouteName | '$default', props: ApiFunctionProps) {
    const { api, environment, ...rest } = props;
    super(scope, id, { ...rest, environment: { ...environment, ORIGIN_SECRET_ARN: api.originSecret.secretArn } });
    iam.Grant.addToPrincipal({ grantee: this, actions: ['secretsmanager:GetSecretValue'], resourceArns: [api.originSecret.secretArn] });

    const contract: Route | undefined = route === '$default' ? undefined : ROUTES[route];
    const httpRoute = new apigateway.HttpRoute(this, 'Route', {
      httpApi: api.httpApi,
      routeKey: contract ? apigateway.HttpRouteKey.with(contract.path, apigateway.HttpMethod[contract.method]) : apigateway.HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration('Integration', this.live),
      ...(contract?.scope && { authorizer: api.authorizer, authorizationScopes: [contract.scope, ...(contract.group ? [] : api.furtherScopes)] }),
    });
    if (!contract?.scope) acknowledge(httpRoute, 'AwsSolutions-APIG4', 'Anonymous by contract: contracts/http.ts gives it no scope.');
  }
}
