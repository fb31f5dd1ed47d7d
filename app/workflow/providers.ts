import { Duration, SecretValue } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { CARRIER_API_KEY_HEADER } from '../../contracts/carrier';
import { ROUTES } from '../../contracts/http';
import { acknowledge } from '../shared/acknowledge';
import { DeploymentStep } from '../shared/deployment-step';
import { ServiceFunction } from '../shared/function';
import type { FunctionDefaults } from '../shared/function';
import type { Carrier } from './carrier-calls';

/** An outside service and the secret, made by a person beforehand, that holds the shop's key for it. */
export interface Provider {
  /** `https://api.stripe.com` */
  readonly apiUrl: string;
  /** `website/dev/payment-api-key`; the secret's whole text is the key. */
  readonly apiKeySecret: string;
}

export interface ProvidersProps {
  readonly payment: Provider;
  readonly carrier: Provider;
  readonly functions: FunctionDefaults;
  readonly siteUrl: string;
}

/** The payment provider and the carrier: how they are called, and where they call back. */
export class Providers extends Construct {
  readonly carrier: Carrier;
  readonly paymentWebhookSecret: secretsmanager.ISecret;
  readonly carrierWebhookSecret: secretsmanager.ISecret;
  /** What a function needs to call the payment provider, besides `grantPayment`. */
  readonly paymentEnvironment: Readonly<Record<'PAYMENT_API_URL' | 'PAYMENT_API_KEY_SECRET', string>>;
  /** Tells them the shop's addresses, and has their secrets changed. */
  readonly registrar: IFunction;
  readonly carrierEnvironment: Readonly<Record<'CARRIER_API_URL' | 'CARRIER_API_KEY_SECRET', string>>;
  readonly #paymentKey: secretsmanager.ISecret;
  readonly #carrierKey: secretsmanager.ISecret;

  constructor(scope: Construct, id: string, { payment, carrier, functions, siteUrl }: ProvidersProps) {
    super(scope, id);
    this.#paymentKey = secretsmanager.Secret.fromSecretNameV2(this, 'PaymentKey', payment.apiKeySecret);
    this.#carrierKey = secretsmanager.Secret.fromSecretNameV2(this, 'CarrierKey', carrier.apiKeySecret);
    this.paymentEnvironment = { PAYMENT_API_URL: payment.apiUrl, PAYMENT_API_KEY_SECRET: payment.apiKeySecret };
    this.carrierEnvironment = { CARRIER_API_URL: carrier.apiUrl, CARRIER_API_KEY_SECRET: carrier.apiKeySecret };
    this.carrier = {
      apiUrl: carrier.apiUrl,
      connection: new events.Connection(this, 'CarrierConnection', {
        description: 'How the state machines prove themselves to the carrier',
        authorization: events.Authorization.apiKey(CARRIER_API_KEY_HEADER, SecretValue.secretsManager(carrier.apiKeySecret)),
      }),
    };
    this.paymentWebhookSecret = this.#signingSecret('PaymentWebhookSecret', "What the payment provider's webhooks are signed with");
    this.carrierWebhookSecret = this.#signingSecret('CarrierWebhookSecret', "What the carrier's callbacks are signed with");
    this.registrar = this.#register(scope, functions, siteUrl);
  }

  grantPayment(grantee: iam.IGrantable): void {
    this.#grantKey(grantee, this.#paymentKey);
  }

  grantCarrier(grantee: iam.IGrantable): void {
    this.#grantKey(grantee, this.#carrierKey);
  }

  #grantKey(grantee: iam.IGrantable, key: secretsmanager.ISecret): void {
    iam.Grant.addToPrincipal({ grantee, actions: ['secretsmanager:GetSecretValue'], resourceArns: [`${key.secretArn}-??????`] });
  }

  #signingSecret(id: string, description: string): secretsmanager.ISecret {
    const secret = new secretsmanager.Secret(this, id, { description });
    acknowledge(secret, 'AwsSolutions-SMG4', 'The provider draws it. RegisterWebhooks looks every day and has it changed after a month.');
    return secret;
  }

  /** Tells both providers the shop's addresses, and keeps the secrets that they sign with. */
  #register(scope: Construct, defaults: FunctionDefaults, siteUrl: string): IFunction {
    const secrets = { PAYMENT_WEBHOOK_SECRET: this.paymentWebhookSecret.secretArn, CARRIER_WEBHOOK_SECRET: this.carrierWebhookSecret.secretArn };
    const register = new ServiceFunction(this, 'RegisterWebhooks', {
      entry: 'workflow/register-webhooks',
      description: "Tells the payment provider and the carrier the shop's addresses",
      defaults,
      environment: { ...this.paymentEnvironment, ...this.carrierEnvironment, ...secrets },
      timeout: Duration.minutes(1),
    });
    this.grantPayment(register);
    this.grantCarrier(register);
    iam.Grant.addToPrincipal({ grantee: register, actions: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'], resourceArns: Object.values(secrets) });
    const addresses = { paymentUrl: `${siteUrl}${ROUTES.receivePaymentEvent.path}`, carrierUrl: `${siteUrl}${ROUTES.receiveCarrierEvent.path}` };
    // Beside this construct, not in it: the name of the framework's function is long enough.
    new DeploymentStep(scope, 'Webhooks', {
      handler: register,
      defaults,
      resourceType: 'Custom::Webhooks',
      // Another version may ask for other events.
      properties: { ...addresses, bundle: register.live.version.version },
    });
    new events.Rule(this, 'Daily', {
      description: 'Has the secrets of the webhooks changed when they are a month old',
      schedule: events.Schedule.rate(Duration.days(1)),
      targets: [new targets.LambdaFunction(register.live, { event: events.RuleTargetInput.fromObject({ RequestType: 'Update', ResourceProperties: addresses }) })],
    });
    return register.live;
  }
}
