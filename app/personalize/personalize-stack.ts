import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { acknowledge } from '../shared/acknowledge';
import { AlarmTopic, ServiceAlarm } from '../shared/alarm';
import { ApiFunction } from '../shared/api';
import type { PublicApi } from '../shared/api';
import type { FailedRecords } from '../shared/failed-records';
import { ServiceFunction } from '../shared/function';
import type { FunctionDefaults } from '../shared/function';
import { RetainedTable } from '../shared/table';
import { DatasetGroup } from './dataset-group';
import { Training } from './training';
import type { PersonalizeTraining } from './training';

export interface PersonalizeStackProps extends StackProps {
  readonly api: PublicApi;
  readonly functions: FunctionDefaults;
  readonly environmentName: string;
  /** A record is one ClickEvent as JSON, its partition key the session. */
  readonly clicks: kinesis.IStream;
  readonly failedRecords: FailedRecords;
  readonly products: RetainedTable;
  readonly training: PersonalizeTraining;
  readonly deletionProtection: boolean;
  /** Who is written to when an alarm rings. @default nobody, until somebody subscribes to the topic */
  readonly alarmEmail?: string;
}

const BY_WEIGHT = 'by-weight';

/** What clicks teach, and what is recommended by it. */
export class PersonalizeStack extends Stack {
  /** One item a click that Personalize has taken, by `eventId`. */
  readonly receipts: RetainedTable;
  readonly receiptsTableName: CfnOutput;

  constructor(scope: Construct, id: string, props: PersonalizeStackProps) {
    super(scope, id, props);
    const { deletionProtection, environmentName } = props;
    const name = `website-${environmentName.toLowerCase()}`;
    const [real, synthetic] = [new DatasetGroup(this, 'Real', { name: `${name}-real` }), new DatasetGroup(this, 'Synthetic', { name: `${name}-synthetic` })];

    const training = props.training.solution ? new Training(this, 'Training', { group: real, campaign: props.training.campaign }) : undefined;

    this.receipts = new RetainedTable(this, 'Receipts', { partitionKey: 'eventId', timeToLiveAttribute: 'expiresAt', deletionProtection });
    const interests = new RetainedTable(this, 'Interests', { partitionKey: 'key', timeToLiveAttribute: 'expiresAt', deletionProtection });
    interests.addGlobalSecondaryIndex({
      indexName: BY_WEIGHT,
      partitionKey: { name: 'list', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'weight', type: dynamodb.AttributeType.NUMBER },
      projectionType: dynamodb.ProjectionType.INCLUDE,
      nonKeyAttributes: ['productId'],
    });

    const consume = new ServiceFunction(this, 'ConsumeClicks', {
      entry: 'personalize/consume-clicks',
      description: 'Tells Personalize and the counts of the shop what visitors do',
      defaults: props.functions,
      environment: { TRACKING_ID: real.trackingId, SYNTHETIC_TRACKING_ID: synthetic.trackingId, RECEIPTS_TABLE_NAME: this.receipts.tableName, INTERESTS_TABLE_NAME: interests.tableName },
      timeout: Duration.seconds(60),
    });
    this.receipts.allow(consume, 'BatchGetItem', 'PutItem');
    interests.allow(consume, 'GetItem', 'PutItem', 'UpdateItem');
    iam.Grant.addToPrincipal({ grantee: consume, actions: ['personalize:PutEvents'], resourceArns: ['*'] });
    acknowledge(consume, 'AwsSolutions-IAM5[Resource::*]', 'personalize:PutEvents knows no resource; the tracking id says where events go.');
    consume.live.addEventSource(
      new KinesisEventSource(props.clicks, {
        startingPosition: lambda.StartingPosition.TRIM_HORIZON,
        // As many receipts as one call reads.
        batchSize: 100,
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        retryAttempts: 5,
        maxRecordAge: Duration.hours(12),
        onFailure: props.failedRecords.destinationFor(consume),
      }),
    );

    const recommend = new ApiFunction(this, 'GetRecommendations', 'getRecommendations', {
      api: props.api,
      defaults: props.functions,
      entry: 'personalize/get-recommendations',
      description: 'Recommends products to a visitor',
      environment: {
        INTERESTS_TABLE_NAME: interests.tableName,
        PRODUCTS_TABLE_NAME: props.products.tableName,
        ...(training?.campaignArn !== undefined && { CAMPAIGN_ARN: training.campaignArn, FILTER_ARN: training.filterArns.NotBought, CATEGORY_FILTER_ARN: training.filterArns.NotBoughtOfCategory }),
      },
      memorySize: 1_024,
    });
    interests.allow(recommend, 'GetItem');
    interests.allowIndex(BY_WEIGHT, recommend, 'Query');
    props.products.allow(recommend, 'BatchGetItem');
    if (training?.campaignArn !== undefined) iam.Grant.addToPrincipal({ grantee: recommend, actions: ['personalize:GetRecommendations'], resourceArns: [training.campaignArn] });

    new ServiceAlarm(this, 'LearningLate', {
      topic: new AlarmTopic(this, 'Topic', { email: props.alarmEmail }),
      metric: consume.live.metric('IteratorAge', { period: Duration.minutes(5), statistic: cloudwatch.Stats.MAXIMUM }),
      threshold: Duration.minutes(10).toMilliseconds(),
      periods: 2,
      loses: 'Recommendations do not follow what visitors look at: their clicks are read ten minutes late.',
      runbook: 'recommendations-learn-late',
    });
    this.receiptsTableName = new CfnOutput(this, 'ReceiptsTableName', { value: this.receipts.tableName });
  }
}
