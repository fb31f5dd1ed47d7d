import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import { DynamoEventSource, KinesisEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
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
import { PastInteractions } from './past-interactions';
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
  /** What visitors are interested in, and what goes with a product, by `key`. */
  readonly interests: RetainedTable;
  readonly receiptsTableName: CfnOutput;

  constructor(scope: Construct, id: string, props: PersonalizeStackProps) {
    super(scope, id, props);
    const { deletionProtection, environmentName } = props;
    const name = `website-${environmentName.toLowerCase()}`;
    const [real, synthetic] = [new DatasetGroup(this, 'Real', { name: `${name}-real` }), new DatasetGroup(this, 'Synthetic', { name: `${name}-synthetic` })];

    const training = props.training.solution ? new Training(this, 'Training', { group: real, campaign: props.training.campaign }) : undefined;

    this.receipts = new RetainedTable(this, 'Receipts', { partitionKey: 'eventId', timeToLiveAttribute: 'expiresAt', deletionProtection });
    const interests = (this.interests = new RetainedTable(this, 'Interests', { partitionKey: 'key', timeToLiveAttribute: 'expiresAt', deletionProtection }));
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
      environment: {
        TRACKING_ID: real.trackingId,
        SYNTHETIC_TRACKING_ID: synthetic.trackingId,
        USERS_DATASET_ARN: real.users.attrDatasetArn,
        SYNTHETIC_USERS_DATASET_ARN: synthetic.users.attrDatasetArn,
        RECEIPTS_TABLE_NAME: this.receipts.tableName,
        INTERESTS_TABLE_NAME: interests.tableName,
      },
      timeout: Duration.minutes(2),
    });
    this.receipts.allow(consume, 'BatchGetItem', 'PutItem');
    interests.allow(consume, 'GetItem', 'PutItem', 'UpdateItem');
    iam.Grant.addToPrincipal({ grantee: consume, actions: ['personalize:PutEvents'], resourceArns: ['*'] });
    acknowledge(consume, 'AwsSolutions-IAM5[Resource::*]', 'personalize:PutEvents knows no resource; the tracking id says where events go.');
    iam.Grant.addToPrincipal({ grantee: consume, actions: ['personalize:PutUsers'], resourceArns: [real, synthetic].map(({ users }) => users.attrDatasetArn) });
    consume.live.addEventSource(
      new KinesisEventSource(props.clicks, {
        ...props.failedRecords.patienceOf(consume),
        // As many receipts as one call reads.
        batchSize: 100,
        retryAttempts: 5,
      }),
    );

    const followCatalogue = new ServiceFunction(this, 'FollowCatalogue', {
      entry: 'personalize/follow-catalogue',
      description: 'Tells Personalize of products that have become others',
      defaults: props.functions,
      environment: { ITEMS_DATASET_ARN: real.items.attrDatasetArn, SYNTHETIC_ITEMS_DATASET_ARN: synthetic.items.attrDatasetArn },
      timeout: Duration.minutes(2),
    });
    iam.Grant.addToPrincipal({ grantee: followCatalogue, actions: ['personalize:PutItems'], resourceArns: [real, synthetic].map(({ items }) => items.attrDatasetArn) });
    acknowledge(followCatalogue, 'AwsSolutions-IAM5[Resource::*]', 'dynamodb:ListStreams knows no resource.');
    // The second reader of the products' stream, beside the search index: there is room for no third
    // (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html).
    followCatalogue.live.addEventSource(
      new DynamoEventSource(props.products, {
        ...props.failedRecords.patienceOf(followCatalogue),
        batchSize: 100,
        retryAttempts: 5,
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

    const getInterests = new ApiFunction(this, 'GetInterests', 'getInterests', {
      api: props.api,
      defaults: props.functions,
      entry: 'personalize/get-interests',
      description: 'What recommendations know of a customer, for themselves',
      environment: { INTERESTS_TABLE_NAME: interests.tableName },
    });
    interests.allow(getInterests, 'GetItem');

    const topic = new AlarmTopic(this, 'Topic', { email: props.alarmEmail });
    const late = (alarmId: string, reader: ServiceFunction, loses: string, runbook: string): ServiceAlarm =>
      new ServiceAlarm(this, alarmId, {
        topic,
        metric: reader.live.metric('IteratorAge', { period: Duration.minutes(5), statistic: cloudwatch.Stats.MAXIMUM }),
        threshold: Duration.minutes(10).toMilliseconds(),
        periods: 2,
        loses,
        runbook,
      });
    late('LearningLate', consume, 'Recommendations do not follow what visitors look at: their clicks are read ten minutes late.', 'recommendations-learn-late');
    late('CatalogueLate', followCatalogue, 'A campaign recommends new products not at all, and others by what they were before.', 'personalize-knows-an-old-catalogue');
    this.receiptsTableName = new CfnOutput(this, 'ReceiptsTableName', { value: this.receipts.tableName });
    const past = new PastInteractions(this, 'Past');
    const outputs = {
      ItemsDatasetArn: real.items.attrDatasetArn,
      SyntheticItemsDatasetArn: synthetic.items.attrDatasetArn,
      InteractionsDatasetArn: real.interactions.attrDatasetArn,
      ImportBucketName: past.bucket.bucketName,
      ImportRoleArn: past.role.roleArn,
    };
    for (const [outputId, value] of Object.entries(outputs)) new CfnOutput(this, outputId, { value });
  }
}
