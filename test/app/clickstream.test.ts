import { website } from '../../stages/environments';
import { resource, resources } from './synthesized';

const statementsOf = (environment: string) =>
  resources('AWS::IAM::Policy', `${environment}-Clickstream`).flatMap(({ Properties }) => (Properties['PolicyDocument'] as { Statement: readonly { Action: string | readonly string[] }[] }).Statement);

describe.each(website.environments)('the stream of clicks of $name', ({ name, clickstream }) => {
  const ofStack = `${name}-Clickstream`;

  test('is encrypted, and keeps clicks as long as the environment says', () => {
    const { Properties } = resource('AWS::Kinesis::Stream', ofStack);
    expect(Properties).toMatchObject({ RetentionPeriodHours: clickstream.keepHours, StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' } });
  });

  test('ends in S3 as gzip JSON lines by the hour of arrival, errors elsewhere', () => {
    const { Properties } = resource('AWS::KinesisFirehose::DeliveryStream', ofStack);
    expect(Properties).toMatchObject({
      DeliveryStreamType: 'KinesisStreamAsSource',
      ExtendedS3DestinationConfiguration: {
        CompressionFormat: 'GZIP',
        BufferingHints: { IntervalInSeconds: clickstream.deliverAfter.seconds, SizeInMBs: clickstream.deliverAfter.mebibytes },
        Prefix: expect.stringMatching(/^clicks\/year=.*\/month=.*\/day=.*\/hour=[^/]*\/$/),
        ErrorOutputPrefix: expect.stringMatching(/^errors\/!\{firehose:error-output-type\}\//),
        ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'AppendDelimiterToRecord' }] },
      },
    });
  });

  // https://docs.aws.amazon.com/firehose/latest/dev/buffering-hints.html, https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html
  test('keeps to what Firehose and Kinesis take', () => {
    const { seconds, mebibytes } = clickstream.deliverAfter;
    expect(seconds >= 0 && seconds <= 900 && mebibytes >= 1 && mebibytes <= 128).toBe(true);
    expect(clickstream.keepHours).toBeGreaterThanOrEqual(24);
    expect(clickstream.keepHours).toBeLessThanOrEqual(8_760);
  });

  test('survives its stack with what it has brought to S3', () => {
    for (const bucket of resources('AWS::S3::Bucket', ofStack)) expect(bucket.DeletionPolicy).toBe('Retain');
  });

  test('lets nobody do everything with it', () => {
    for (const action of statementsOf(name).flatMap(({ Action }) => Action)) expect(action).not.toContain('*');
  });
});
