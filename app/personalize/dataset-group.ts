import { createHash } from 'node:crypto';
import * as personalize from 'aws-cdk-lib/aws-personalize';
import { Construct } from 'constructs';
import { interactionsSchema } from '../../contracts/derived/avro';

export interface DatasetGroupProps {
  /** Of the account and region: `website-dev-real`. */
  readonly name: string;
}

/** One world of Personalize: a dataset of interactions, and the event tracker through which it grows. */
export class DatasetGroup extends Construct {
  /** What PutEvents names it by. */
  readonly trackingId: string;

  constructor(scope: Construct, id: string, { name }: DatasetGroupProps) {
    super(scope, id);
    const schema = JSON.stringify(interactionsSchema());
    const group = new personalize.CfnDatasetGroup(this, 'Group', { name });
    // A schema never changes: another one has another name.
    const version = createHash('sha256').update(schema).digest('hex').slice(0, 8);
    const interactions = new personalize.CfnDataset(this, 'Interactions', {
      name: `${name}-interactions`,
      datasetGroupArn: group.attrDatasetGroupArn,
      datasetType: 'Interactions',
      schemaArn: new personalize.CfnSchema(this, 'Schema', { name: `${name}-interactions-${version}`, schema }).attrSchemaArn,
    });
    const tracker = new personalize.CfnEventTracker(this, 'Tracker', { name, datasetGroupArn: group.attrDatasetGroupArn });
    // Events are interactions: without the dataset there is nowhere to keep them.
    tracker.addResourceDependency(interactions);
    this.trackingId = tracker.attrTrackingId;
  }
}
