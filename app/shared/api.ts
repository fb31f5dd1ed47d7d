import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { isPersonalWrite, ROUTES } from '../../contracts/http';
import type { PersonalWrite, Route, RouteName } from '../../contracts/http';
import { acknowledge } from './acknowledge';
import { ServiceFunction } from './function';
import type { FunctionDefaults } from './function';
import type { RetainedTable } from './table';

/** The public HTTP API as the edge offers it to the stacks that add routes to it. */
export interface PublicApi {
  readonly httpApi: apigateway.IHttpApi;
  readonly authorizer: apigateway.IHttpRouteAuthorizer;
  /** Scopes that open a customer's route besides its own: the gate's, where there is a gate. */
  readonly furtherScopes: readonly string[];
  /** Whose access tokens are accepted where the function itself verifies them. */
  readonly accessTokens: { readonly userPoolId: string; readonly issuer: string; readonly clientIds: readonly string[] };
  /** What CloudFront proves itself with; every function behind a route must be able to read it. */
  readonly originSecret: secretsmanager.ISecret;
  /** Where calls of a person are counted, and how many of them a minute each route takes. */
  readonly personLimits: { readonly counts: RetainedTable; readonly callsAMinute: Readonly<Record<PersonalWrite, number>> };
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
    const counted = route !== '$default' && isPersonalWrite(route) ? limitOf(api, route) : undefined;
    const verified = route !== '$default' && verifiesTokens(route) ? verifierOf(api) : undefined;
    super(scope, id, { ...rest, environment: { ...environment, ...counted, ...verified, ORIGIN_SECRET_ARN: api.originSecret.secretArn } });
    if (counted) api.personLimits.counts.allow(this, 'UpdateItem');
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

const verifiesTokens = (name: RouteName): boolean => {
  const route: Route = ROUTES[name];
  return route.optionalToken ?? false;
};

const verifierOf = ({ accessTokens: { userPoolId, issuer, clientIds } }: PublicApi): Record<string, string> => ({
  USER_POOL_ID: userPoolId,
  TOKEN_KEYS_URL: `${issuer}/.well-known/jwks.json`,
  TOKEN_CLIENT_IDS: clientIds.join(','),
});

const limitOf = ({ personLimits: { counts, callsAMinute } }: PublicApi, route: PersonalWrite): Record<string, string> => ({
  CALL_COUNTS_TABLE_NAME: counts.tableName,
  CALLS_A_MINUTE: String(callsAMinute[route]),
});
