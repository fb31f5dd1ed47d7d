import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { ORDERS_SCOPE } from '../../contracts/http';
import { acknowledge } from '../shared/acknowledge';

export interface AuthStackProps extends StackProps {
  /** First label of the sign-in pages' address; nobody else in the region may have it. */
  readonly signInPrefix: string;
  readonly deletionProtection: boolean;
}

/**
 * Who a customer is. The pool stands alone because what it asks of a user can never change once it exists
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html): attributes,
 * sign-in aliases and case rules below are frozen. Clients belong to the stacks that use them.
 */
export class AuthStack extends Stack {
  readonly userPool: cognito.UserPool;
  /** `https://…auth.<region>.amazoncognito.com` */
  readonly signInUrl: string;
  readonly userPoolId: CfnOutput;

  constructor(scope: Construct, id: string, props: AuthStackProps) {
    super(scope, id, props);
    this.userPool = new cognito.UserPool(this, 'Customers', {
      featurePlan: cognito.FeaturePlan.ESSENTIALS,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      standardAttributes: { email: { required: true, mutable: true } },
      autoVerify: { email: true },
      keepOriginal: { email: true },
      selfSignUpEnabled: true,
      accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
      passwordPolicy: { minLength: 12, requireLowercase: true, requireUppercase: true, requireDigits: true, requireSymbols: true, tempPasswordValidity: Duration.days(3) },
      mfa: cognito.Mfa.OPTIONAL,
      mfaSecondFactor: { sms: false, otp: true },
      deletionProtection: props.deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(this.userPool, 'AwsSolutions-COG2', 'A shop that demands a second factor of every customer loses them; whoever wants one can switch it on.');
    acknowledge(this.userPool, 'AwsSolutions-COG8', 'Threat protection (plus tier) costs by the monthly active user; passwords are long, tokens short and the firewall limits attempts.');

    this.userPool.addGroup('Operators', { groupName: 'operators', description: 'May see and resume what the shop cannot settle by itself.' });
    const [identifier = '', scopeName = ''] = ORDERS_SCOPE.split('/');
    this.userPool.addResourceServer('Shop', {
      identifier,
      scopes: [new cognito.ResourceServerScope({ scopeName, scopeDescription: "Submit and read one's own orders" })],
    });
    const domain = this.userPool.addDomain('SignIn', {
      cognitoDomain: { domainPrefix: props.signInPrefix },
      managedLoginVersion: cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    this.signInUrl = domain.baseUrl();
    this.userPoolId = new CfnOutput(this, 'UserPoolId', { value: this.userPool.userPoolId });
  }
}
