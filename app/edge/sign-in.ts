import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { ORDERS_SCOPE } from '../../contracts/http';

/** Carried by every token of an API sign-in, and the only scope such a token can have. */
export const API_SIGN_IN_SCOPE = 'aws.cognito.signin.user.admin';

export interface SignInProps {
  readonly userPool: cognito.IUserPool;
  readonly httpApi: apigateway.IHttpApi;
  readonly siteUrl: string;
  readonly gate: boolean;
}

/** Who may ask for a customer's tokens, and what the API makes of them. */
export class SignIn extends Construct {
  readonly webClient: cognito.UserPoolClient;
  /** Absent where there is no gate. */
  readonly gateClient?: cognito.UserPoolClient;
  readonly authorizer: apigateway.IHttpRouteAuthorizer;
  /** `https://cognito-idp.<region>.amazonaws.com/<pool>`, what the tokens' `iss` says. */
  readonly issuer: string;
  readonly scopes = ['openid', 'email', ORDERS_SCOPE];

  constructor(scope: Construct, id: string, { userPool, httpApi, siteUrl, gate }: SignInProps) {
    super(scope, id);
    this.webClient = new cognito.UserPoolClient(this, 'Web', {
      userPool,
      generateSecret: false,
      // Says "no API sign-in": custom authentication needs triggers that the pool has not, and naming nothing would
      // allow SRP and, against the rotation below, plain refreshing.
      authFlows: { custom: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: this.scopes.map((name) => cognito.OAuthScope.custom(name)),
        callbackUrls: [`${siteUrl}/`],
        logoutUrls: [`${siteUrl}/`],
      },
      supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
      refreshTokenRotationGracePeriod: Duration.seconds(30),
    });
    // Managed login shows no page at all for a client without a style.
    new cognito.CfnManagedLoginBranding(this, 'Style', { userPoolId: userPool.userPoolId, clientId: this.webClient.userPoolClientId, useCognitoProvidedValues: true });

    if (gate) {
      this.gateClient = new cognito.UserPoolClient(this, 'Gate', {
        userPool,
        generateSecret: false,
        authFlows: { adminUserPassword: true },
        disableOAuth: true,
        preventUserExistenceErrors: true,
        refreshTokenValidity: Duration.hours(1),
      });
    }

    this.issuer = `https://cognito-idp.${userPool.env.region}.amazonaws.com/${userPool.userPoolId}`;
    const authorizer = new apigateway.HttpAuthorizer(this, 'Authorizer', {
      httpApi,
      type: apigateway.HttpAuthorizerType.JWT,
      identitySource: ['$request.header.Authorization'],
      jwtIssuer: this.issuer,
      jwtAudience: [this.webClient, this.gateClient].flatMap((client) => client?.userPoolClientId ?? []),
    });
    this.authorizer = apigateway.HttpAuthorizer.fromHttpAuthorizerAttributes(this, 'AuthorizerOfRoutes', {
      authorizerId: authorizer.authorizerId,
      authorizerType: apigateway.HttpAuthorizerType.JWT,
    });
  }
}
