import { UnreadableCall, type Place } from './call';
import type { Input } from './input';
import { isArn, likeSingle, on, onEverything, type Reader, type Readers, type Wanted } from './readers';

/** A queue's URL ends in the account and the name, wherever it is served. */
function queue(input: Input, at: Place): string {
  const url = input.needed('QueueUrl');
  const [, account, name] = /\/(\d{12})\/([\w.-]+)$/.exec(url) ?? [];
  if (account === undefined || name === undefined) throw new UnreadableCall(`${input.operation} has the queue URL ${url}, which cannot be read`);
  return at.arn('sqs', name, account);
}

export const sqs: Readers = {
  ...on('SendMessage ReceiveMessage DeleteMessage ChangeMessageVisibility GetQueueAttributes SetQueueAttributes PurgeQueue DeleteQueue', queue),
  ...likeSingle({ SendMessageBatch: 'SendMessage', DeleteMessageBatch: 'DeleteMessage', ChangeMessageVisibilityBatch: 'ChangeMessageVisibility' }, queue),
  ...on('GetQueueUrl CreateQueue', (input, at) => at.arn('sqs', input.needed('QueueName'), input.text('QueueOwnerAWSAccountId'))),
  ...onEverything('ListQueues'),
};

const topic = (input: Input): string => input.text('TopicArn') ?? input.needed('TargetArn');

export const sns: Readers = {
  ...on('Publish GetTopicAttributes SetTopicAttributes Subscribe ListSubscriptionsByTopic DeleteTopic', topic),
  ...likeSingle({ PublishBatch: 'Publish' }, topic),
  ...on('CreateTopic', (input, at) => at.arn('sns', input.needed('Name'))),
  ...onEverything('ListTopics ListSubscriptions'),
};

export const events: Readers = {
  PutEvents: (input, at) => {
    const entries = input.list('Entries');
    if (entries.length === 0) throw new UnreadableCall('PutEvents has no entry');
    const buses = new Set(entries.map((entry) => entry.text('EventBusName') ?? 'default'));
    return [...buses].map((name) => ({ resource: isArn(name) ? name : at.arn('events', `event-bus/${name}`) }));
  },
};

const addressOf = (sender: string): string => /<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender.trim();

/** SES asks for the identity it sends by, and for the configuration set. */
async function mail(input: Input, at: Place, { sender, recipients, action }: { sender: string; recipients: readonly string[]; action?: string }): Promise<Wanted[]> {
  const address = addressOf(sender);
  const identity = await at.deployed.mailIdentity(at.account, at.region, address);
  const set = input.text('ConfigurationSetName');
  const keys = { 'ses:FromAddress': [address], ...(recipients.length > 0 && { 'ses:Recipients': recipients }) };
  const resources = [`identity/${identity ?? address}`, ...(set === undefined ? [] : [`configuration-set/${set}`])];
  return resources.map((resource) => ({ action, resource: at.arn('ses', resource), keys }));
}

export const ses: Readers = {
  SendEmail: (input, at) =>
    mail(input, at, { sender: input.needed('Source'), recipients: ['To', 'Cc', 'Bcc'].flatMap((kind) => input.texts(`Destination.${kind}Addresses`)) }),
  SendRawEmail: (input, at) => mail(input, at, { sender: input.needed('Source'), recipients: input.texts('Destinations') }),
  ...onEverything('GetSendQuota ListIdentities'),
};

/** Version 2 of the API, which is called by path. */
export const sendEmail: Reader = (input, at) => {
  const to = input.inner('Destination');
  const recipients = ['To', 'Cc', 'Bcc'].flatMap((kind) => to.texts(`${kind}Addresses`));
  return mail(input, at, { sender: input.needed('FromEmailAddress'), recipients, action: input.inner('Content').has('Raw') ? 'SendRawEmail' : 'SendEmail' });
};
