import { SendEmailCommand, SESClient, VerifyEmailIdentityCommand } from '@aws-sdk/client-ses';
import { website } from '../../../stages/environments';
import { startMinistack, type TestServer } from '../ministack/ministackServer';

export interface Letter {
  readonly to: readonly string[];
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  readonly bcc?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}

export interface Mailbox {
  readonly server: TestServer;
  /** Sends as the shop does in the environment of this name, through SES's own SDK. @returns the message's id */
  readonly send: (environment: string, letter: Letter) => Promise<string>;
}

/** A MiniStack of the test's own that takes mail from every environment of the shop. */
export async function openMailbox(): Promise<Mailbox> {
  const server = await startMinistack();
  const senders = new Map(website.environments.map(({ name, account, mailSender }) => [name, { ses: new SESClient(server.client(account)), mailSender }]));
  for (const { ses, mailSender } of senders.values()) await ses.send(new VerifyEmailIdentityCommand({ EmailAddress: mailSender }));
  return {
    server,
    async send(environment, { to, bcc = [], subject = 'Thank you for your order', text, html, tags = {} }) {
      const sender = senders.get(environment);
      if (!sender) throw new Error(`There is no environment ${environment}.`);
      const { MessageId: id = '' } = await sender.ses.send(
        new SendEmailCommand({
          Source: `The shop <${sender.mailSender}>`,
          Destination: { ToAddresses: [...to], BccAddresses: [...bcc] },
          Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
          Message: { Subject: { Data: subject }, Body: { ...(text !== undefined && { Text: { Data: text } }), ...(html !== undefined && { Html: { Data: html } }) } },
        }),
      );
      return id;
    },
  };
}
