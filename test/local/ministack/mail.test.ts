import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { aws } from './cli';
import { eventually } from '../../support/eventually';
import { account, startMinistack, type TestServer } from './ministackServer';
import { received } from './queues';
import { outputsOf } from './stacks';

interface Mail { readonly MessageId: string; readonly To: readonly string[]; readonly Subject: string; readonly BodyText: string; readonly BodyHtml: string }
interface Told { readonly source: string; readonly 'detail-type': string; readonly account: string; readonly detail: { readonly eventType: string; readonly mail: { readonly messageId: string; readonly tags: Record<string, string[]> } } }

const orders = 'orders@shop.example';

describe('mail', () => {
  let server: TestServer;
  let names: Readonly<Record<string, string>> = {};

  /** @returns the id of the message */
  async function send(to: string, ...more: readonly string[]): Promise<string> {
    const content = ['--subject', 'Your order', '--text', 'Thank you', '--html', '<p>Thank you</p>'];
    return ((await aws(server, 'ses', 'send-email', '--from', orders, '--to', to, ...content, ...more)) as { MessageId: string }).MessageId;
  }
  const withSet = () => ['--configuration-set-name', names['Set'] ?? ''];
  const told = async (count: number) => (await received(server, names['Told'] ?? '', count)) as unknown as readonly Told[];
  async function inbox(): Promise<readonly Mail[]> {
    const { messages } = (await (await fetch(`${server.url}/_ministack/ses/messages`)).json()) as { messages: Record<string, Mail[]> };
    return messages[account] ?? [];
  }

  beforeAll(async () => {
    server = await startMinistack();
    names = await outputsOf(
      new CloudFormationClient(server.client()),
      'mail',
      {
        Identity: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: orders } },
        Set: { Type: 'AWS::SES::ConfigurationSet' },
        Destination: {
          Type: 'AWS::SES::ConfigurationSetEventDestination',
          Properties: {
            ConfigurationSetName: { Ref: 'Set' },
            EventDestination: { Enabled: true, MatchingEventTypes: ['send', 'delivery', 'bounce', 'complaint'], EventBridgeDestination: { EventBusArn: { 'Fn::Sub': 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/default' } } },
          },
        },
        Told: { Type: 'AWS::SQS::Queue' },
        Rule: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['aws.ses'], 'detail-type': [{ prefix: 'Email ' }] }, Targets: [{ Id: 'queue', Arn: { 'Fn::GetAtt': ['Told', 'Arn'] } }] } },
      },
      { Set: { Ref: 'Set' }, Told: { Ref: 'Told' } },
    );
  });
  afterAll(() => server?.stop());

  it('is accepted, sent and delivered, and its tags say what it was about', async () => {
    const id = await send('ada@shop.example', ...withSet(), '--tags', 'Name=orderId,Value=order-1');
    const events = await told(2);

    expect(events.map((event) => event['detail-type'])).toEqual(['Email Sent', 'Email Delivered']);
    expect(events).toMatchObject(['Send', 'Delivery'].map((eventType) => ({ source: 'aws.ses', account, detail: { eventType, mail: { messageId: id, destination: ['ada@shop.example'], tags: { orderId: ['order-1'], 'ses:configuration-set': [names['Set']] } } } })));
  });

  it.each([
    ['success+order-1', ['Email Sent', 'Email Delivered']],
    ['bounce', ['Email Sent', 'Email Bounced']],
    ['suppressionlist+7', ['Email Sent', 'Email Bounced']],
    ['complaint+order-1', ['Email Sent', 'Email Delivered', 'Email Complaint Received']],
  ])('to %s@simulator.amazonses.com ends as AWS says', async (name, types) => {
    const id = await send(`${name}@simulator.amazonses.com`, ...withSet());
    const events = await told(types.length);
    expect(events.map((event) => event['detail-type'])).toEqual(types);
    expect(new Set(events.map((event) => event.detail.mail.messageId))).toEqual(new Set([id]));
  });

  it('sent raw has its tags too, and tells nothing without a configuration set', async () => {
    const raw = ['From: orders@shop.example', 'To: ada@shop.example', 'Subject: Raw', 'X-SES-MESSAGE-TAGS: orderId=order-2', '', 'Hello'].join('\r\n');
    await send('nobody@shop.example');
    await aws(server, 'ses', 'send-raw-email', '--raw-message', JSON.stringify({ Data: raw }), ...withSet());
    const events = await told(2);
    expect(events.map(({ detail }) => [detail.eventType, detail.mail.tags['orderId']])).toEqual([['Send', ['order-2']], ['Delivery', ['order-2']]]);
  });

  it('is refused from a sender that is not verified, and with a set that is not there', async () => {
    await expect(aws(server, 'ses', 'send-email', '--from', 'a@other.example', '--to', 'b@shop.example', '--subject', 's', '--text', 't')).rejects.toThrow('MessageRejected');
    await expect(send('ada@shop.example', '--configuration-set-name', 'nothing')).rejects.toThrow('ConfigurationSetDoesNotExist');
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('is in the inbox with its text and its page, also after %s', async (signal) => {
    const id = await send(`${signal.toLowerCase()}@shop.example`);
    await eventually(async () => (await server.saved('ses')).includes(id));
    await server.restart(signal);
    expect((await inbox()).find((mail) => mail.MessageId === id)).toMatchObject({ To: [`${signal.toLowerCase()}@shop.example`], Subject: 'Your order', BodyText: 'Thank you', BodyHtml: '<p>Thank you</p>' });
  });
});
