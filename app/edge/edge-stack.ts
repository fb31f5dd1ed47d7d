import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from '../shared/acknowledge';
import { ApiFunction } from '../shared/api';
import type { PublicApi } from '../shared/api';
import { RetainedTable } from '../shared/table';
import { OriginSecretRotation } from './origin-secret-rotation';
import { API_SIGN_IN_SCOPE, SignIn } from './sign-in';
import { Site } from './site';
import type { SiteDomain } from './site';

export interface EdgeStackProps extends StackProps {
  readonly userPool: IUserPool;
  readonly signInUrl: string;
  readonly webAclArn: string;
  readonly gate: boolean;
  readonly logRetention: RetentionDays;
  /** How often a minute a person may call each route that writes for them. */
  readonly callsPerPerson: PublicApi['personLimits']['callsAMinute'];
  readonly deletionProtection: boolean;
  /** @default the distribution's own name */
  readonly domain?: SiteDomain;
  /** Where the payment provider's script comes from, and which API it calls. */
  readonly payment: { readonly scriptUrl: string; readonly apiUrl: string };
}

/**
 * What the world can reach. Client, authorizer and distribution live together because each needs the next: callback
 * URL → distribution → API, and authorizer → client, while the API itself needs none of them.
 */
export class EdgeStack extends Stack {
  readonly api: PublicApi;
  readonly originRotation: OriginSecretRotation;
  readonly site: Site;
  readonly signIn: SignIn;
  readonly siteUrl: CfnOutput;
  /** The API's own address, past CloudFront and the firewall, which must not answer anybody. */
  readonly apiUrl: CfnOutput;
  readonly gateClientId?: CfnOutput;

  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, props);
    const originSecret = new secretsmanager.Secret(this, 'OriginSecret', {
      description: 'What CloudFront proves itself with to the API',
      generateSecretString: { excludePunctuation: true, passwordLength: 40 },
    });
    acknowledge(originSecret, 'AwsSolutions-SMG4', 'Another one every month, by the schedule of the stack that opens the API; cdk-nag looks for it in this one.');

    const httpApi = new apigateway.HttpApi(this, 'HttpApi', { description: "The shop's API, reached through CloudFront", createDefaultStage: false });
    this.site = new Site(this, 'Site', {
      httpApi,
      originSecret,
      webAclArn: props.webAclArn,
      domain: props.domain,
      connectTo: [`https://cognito-idp.${this.region}.amazonaws.com/${props.userPool.userPoolId}/`, `${props.signInUrl}/oauth2/`, props.payment.apiUrl],
      // https://docs.stripe.com/security/guide#content-security-policy
      payment: { scripts: [props.payment.scriptUrl, 'https://*.js.stripe.com'], frames: [props.payment.scriptUrl, 'https://*.js.stripe.com', 'https://hooks.stripe.com'] },
    });
    this.signIn = new SignIn(this, 'SignIn', { userPool: props.userPool, httpApi, siteUrl: this.site.url, gate: props.gate });
    this.api = {
      httpApi,
      authorizer: this.signIn.authorizer,
      furtherScopes: props.gate ? [API_SIGN_IN_SCOPE] : [],
      accessTokens: {
        userPoolId: props.userPool.userPoolId,
        issuer: this.signIn.issuer,
        clientIds: [this.signIn.webClient, this.signIn.gateClient].flatMap((client) => client?.userPoolClientId ?? []),
      },
      originSecret,
      personLimits: {
        counts: new RetainedTable(this, 'CallCounts', { partitionKey: 'counter', timeToLiveAttribute: 'deleteAfter', deletionProtection: props.deletionProtection }),
        callsAMinute: props.callsPerPerson,
      },
    };

    const defaults = { logRetention: props.logRetention };
    this.originRotation = new OriginSecretRotation(this, 'Rotation', { secret: originSecret, site: this.site, webAclArn: props.webAclArn, apiUrl: httpApi.apiEndpoint, defaults });
    new ApiFunction(this, 'RefuseRequest', '$default', {
      api: this.api,
      defaults,
      entry: 'edge/refuse-request',
      description: 'Says that a path does not exist, or not with that method',
    });

    const signOutEverywhere = new ApiFunction(this, 'SignOutEverywhere', 'signOutEverywhere', {
      api: this.api,
      defaults,
      entry: 'edge/sign-out-everywhere',
      description: 'Ends the sessions of a customer on all devices',
      environment: { USER_POOL_ID: props.userPool.userPoolId },
    });
    props.userPool.grant(signOutEverywhere, 'cognito-idp:AdminUserGlobalSignOut');

    this.siteUrl = new CfnOutput(this, 'SiteUrl', { value: this.site.url });
    this.apiUrl = new CfnOutput(this, 'ApiUrl', { value: httpApi.apiEndpoint });
    if (this.signIn.gateClient) this.gateClientId = new CfnOutput(this, 'GateClientId', { value: this.signIn.gateClient.userPoolClientId });
  }
}
