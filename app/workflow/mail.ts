import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ses from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';

export interface MailProps {
  /** The address that the shop's mails come from. SES asks its owner to confirm it. */
  readonly sender: string;
}

/** Who the shop writes as, and what becomes of what it writes. */
export class Mail extends Construct {
  readonly environment: Readonly<Record<'MAIL_SENDER' | 'CONFIGURATION_SET_NAME', string>>;
  readonly #resourceArns: readonly string[];
  readonly #configurationSet: ses.ConfigurationSet;

  constructor(scope: Construct, id: string, { sender }: MailProps) {
    super(scope, id);
    const identity = new ses.EmailIdentity(this, 'Sender', { identity: ses.Identity.email(sender) });
    this.#configurationSet = new ses.ConfigurationSet(this, 'ConfigurationSet', { tlsPolicy: ses.ConfigurationSetTlsPolicy.REQUIRE, reputationMetrics: true });
    this.#configurationSet.addEventDestination('Events', {
      destination: ses.EventDestination.eventBus(events.EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [ses.EmailSendingEvent.DELIVERY, ses.EmailSendingEvent.BOUNCE, ses.EmailSendingEvent.COMPLAINT, ses.EmailSendingEvent.REJECT],
    });
    this.environment = { MAIL_SENDER: sender, CONFIGURATION_SET_NAME: this.#configurationSet.configurationSetName };
    const set = Stack.of(this).formatArn({ service: 'ses', resource: 'configuration-set', resourceName: this.#configurationSet.configurationSetName });
    this.#resourceArns = [identity.emailIdentityArn, set];
  }

  /** Lets it send as the shop, and as nobody else. */
  grantSend(grantee: iam.IGrantable): void {
    iam.Grant.addToPrincipal({ grantee, actions: ['ses:SendEmail'], resourceArns: [...this.#resourceArns] });
  }

  /** Hands what becomes of each mail of this shop to `target`. */
  onDelivery(target: events.IRuleTarget): void {
    new events.Rule(this, 'Deliveries', {
      description: 'What became of mails to customers',
      eventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': [this.#configurationSet.configurationSetName] } } },
      },
      targets: [target],
    });
  }
}
