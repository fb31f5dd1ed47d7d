import { resource, resources, resourcesOf } from '../synthesized';

const STACK = 'Prod-Workflow';
const idOf = (type: string, start: string): string => {
  const [id] = resourcesOf(STACK).find(([logicalId, { Type }]) => Type === type && logicalId.startsWith(start)) ?? [];
  if (id === undefined) throw new Error(`no ${type} ${start}`);
  return id;
};
const rule = (description: string) => resources('AWS::Events::Rule', STACK).find(({ Properties }) => Properties['Description'] === description)?.Properties ?? {};

describe('what an order starts', () => {
  test('is tried so often and so long, one bad record alone, and then kept whole', () => {
    const { Properties } = resource('AWS::Lambda::EventSourceMapping', STACK);
    expect(JSON.stringify(Properties['FunctionName'])).toContain(idOf('AWS::Lambda::Alias', 'StartsStart'));
    expect(Properties).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 12 * 3_600,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [idOf('AWS::S3::Bucket', 'StartsFailedRecords'), 'Arn'] } } },
    });
  });

  test('and is given up on reaches the queue that rings', () => {
    const [bucket, queue] = [idOf('AWS::S3::Bucket', 'StartsFailedRecords'), idOf('AWS::SQS::Queue', 'StartsFailedFailures')];
    expect(resource('AWS::S3::Bucket', STACK).Properties['NotificationConfiguration']).toEqual({ EventBridgeConfiguration: { EventBridgeEnabled: true } });
    expect(rule('Records of the orders table that were given up on')).toMatchObject({
      EventPattern: { source: ['aws.s3'], 'detail-type': ['Object Created'], detail: { bucket: { name: [{ Ref: bucket }] } } },
      Targets: [{ Arn: { 'Fn::GetAtt': [queue, 'Arn'] } }],
    });
    const policy = resources('AWS::SQS::QueuePolicy', STACK).find(({ Properties }) => JSON.stringify(Properties['Queues']).includes(queue));
    expect(JSON.stringify(policy?.Properties)).toContain('"Principal":{"Service":"events.amazonaws.com"}');
  });
});

test('what becomes of each mail is heard of: its delivery, bounce, complaint and rejection', () => {
  const set = idOf('AWS::SES::ConfigurationSet', 'Mail');
  expect(resource('AWS::SES::ConfigurationSetEventDestination', STACK).Properties).toMatchObject({
    ConfigurationSetName: { Ref: set },
    EventDestination: { Enabled: true, MatchingEventTypes: ['delivery', 'bounce', 'complaint', 'reject'], EventBridgeDestination: expect.anything() },
  });
  expect(rule('What became of mails to customers')).toMatchObject({ EventPattern: { source: ['aws.ses'], detail: { mail: { tags: { 'ses:configuration-set': [{ Ref: set }] } } } }, Targets: [{ Arn: { Ref: idOf('AWS::Lambda::Alias', 'RecordMailEvent') } }] });
});
