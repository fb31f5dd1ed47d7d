import { createHash } from 'node:crypto';
import * as personalize from 'aws-cdk-lib/aws-personalize';
import { Construct } from 'constructs';
import { interactionsSchema, itemsSchema, usersSchema } from '../../contracts/derived/avro';
import type { AvroSchema } from '../../contracts/derived/avro';

export interface DatasetGroupProps {
  /** Of the account and region: `website-dev-real`. */
  readonly name: string;
}

/** One world of Personalize: its datasets, and the event tracker through which it grows. */
export class DatasetGroup extends Construct {
  readonly name: string;
  readonly groupArn: string;
  readonly interactions: personalize.CfnDataset;
  readonly items: personalize.CfnDataset;
  readonly users: personalize.CfnDataset;
  /** What PutEvents names it by. */
  readonly trackingId: string;

  constructor(scope: Construct, id: string, { name }: DatasetGroupProps) {
    super(scope, id);
    this.name = name;
    const group = new personalize.CfnDatasetGroup(this, 'Group', { name });
    this.groupArn = group.attrDatasetGroupArn;
    this.interactions = this.#dataset('Schema', interactionsSchema());
    this.items = this.#dataset('ItemsSchema', itemsSchema());
    this.users = this.#dataset('UsersSchema', usersSchema());
    const tracker = new personalize.CfnEventTracker(this, 'Tracker', { name, datasetGroupArn: this.groupArn });
    // Events are interactions: without the dataset there is nowhere to keep them.
    tracker.addResourceDependency(this.interactions);
    this.trackingId = tracker.attrTrackingId;
  }

  #dataset(schemaId: string, schema: AvroSchema): personalize.CfnDataset {
    const kind = schema.name.toLowerCase();
    const text = JSON.stringify(schema);
    return new personalize.CfnDataset(this, schema.name, {
      name: `${this.name}-${kind}`,
      datasetGroupArn: this.groupArn,
      datasetType: schema.name,
      // A schema never changes: another one has another name.
      schemaArn: new personalize.CfnSchema(this, schemaId, { name: `${this.name}-${kind}-${versionOf(text)}`, schema: text }).attrSchemaArn,
    });
  }
}

/** Ends the name of what can only be replaced, so that the new one can be there before the old one goes. */
export const versionOf = (...texts: readonly string[]): string => createHash('sha256').update(texts.join(' ')).digest('hex').slice(0, 8);
