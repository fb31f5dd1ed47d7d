import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
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
  /** Scopes that open a protected route besides its own: the gate's, where there is a gate. */
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

/** A function and the route of contracts/http.ts that it answers. */
export class ApiFunction extends ServiceFunction {
  constructor(scope: Construct, id: string, route: RouteName, props: ApiFunctionProps) {
    const { api, environment, ...rest } = props;
    super(scope, id, { ...rest, environment: { ...environment, ORIGIN_SECRET_ARN: api.originSecret.secretArn } });
    api.originSecret.grantRead(this);
    this.answer(ROUTES[route], api);
  }

  private answer(route: Route, api: PublicApi): void {
    const httpRoute = new apigateway.HttpRoute(this, 'Route', {
      httpApi: api.httpApi,
      routeKey: apigateway.HttpRouteKey.with(route.path, apigateway.HttpMethod[route.method]),
      integration: new HttpLambdaIntegration('Integration', this.live),
      ...(route.scope && { authorizer: api.authorizer, authorizationScopes: [route.scope, ...api.furtherScopes] }),
    });
    if (!route.scope) acknowledge(httpRoute, 'AwsSolutions-APIG4', 'Anonymous by contract: contracts/http.ts gives this route no scope.');
  }
}
