import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { ThrottleSettings } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { ApiFunction } from '../shared/api';
import type { PublicApi } from '../shared/api';
import { HttpApi } from './http-api';
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
  readonly throttling: ThrottleSettings;
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

    const { api } = new HttpApi(this, 'HttpApi', props);
    this.site = new Site(this, 'Site', {
      httpApi: api,
      originSecret,
      webAclArn: props.webAclArn,
      domain: props.domain,
      connectTo: [`https://cognito-idp.${this.region}.amazonaws.com/${props.userPool.userPoolId}/`, `${props.signInUrl}/oauth2/`, props.payment.apiUrl],
      // https://docs.stripe.com/security/guide#content-security-policy
      payment: { scripts: [props.payment.scriptUrl, 'https://*.js.stripe.com'], frames: [props.payment.scriptUrl, 'https://*.js.stripe.com', 'https://hooks.stripe.com'] },
    });
    this.signIn = new SignIn(this, 'SignIn', { userPool: props.userPool, httpApi: api, siteUrl: this.site.url, gate: props.gate });
    this.api = {
      httpApi: api,
      authorizer: this.signIn.authorizer,
      furtherScopes: props.gate ? [API_SIGN_IN_SCOPE] : [],
      originSecret,
    };

    const defaults = { logRetention: props.logRetention };
    const refuseRequest = new ApiFunction(this, 'RefuseRequest', '$default', {
      api: this.api,
      defaults,
      entry: 'edge/refuse-request',
      description: 'Says that a path does not exist, or not with that method',
    });
    const rotation = new OriginSecretRotation(this, 'Rotation', { secret: originSecret, site: this.site, webAclArn: props.webAclArn, apiUrl: api.apiEndpoint, defaults });
    // Its trial run asks the API whether it lets somebody in.
    rotation.node.addDependency(refuseRequest);

    this.siteUrl = new CfnOutput(this, 'SiteUrl', { value: this.site.url });
    this.apiUrl = new CfnOutput(this, 'ApiUrl', { value: api.apiEndpoint });
    if (this.signIn.gateClient) this.gateClientId = new CfnOutput(this, 'GateClientId', { value: this.signIn.gateClient.userPoolClientId });
  }
}
