import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import type { OrderStatus, TimelineEvent } from '../../contracts/order-status';
import { CONDITION_FAILED, retryDynamoDb } from '../shared/retries';
import type { RetainedTable } from '../shared/table';

/** An attribute value in Step Functions' spelling of DynamoDB's JSON; strings may be JSONata expressions. */
export type Attribute = { readonly S: string } | { readonly N: string } | { readonly M: Readonly<Record<string, Attribute>> } | { readonly L: string | readonly Attribute[] };

export interface OrderWriteProps {
  readonly orders: RetainedTable;
  /** An expression over attributes of the order and `values`; the write is refused when it does not hold. */
  readonly condition: string;
  readonly set: Readonly<Record<string, Attribute>>;
  /** Set where there is nothing yet. */
  readonly setOnce?: Readonly<Record<string, Attribute>>;
  readonly remove?: readonly string[];
  /** What the order's timeline gets with this very write. @default nothing */
  readonly entry?: { readonly event: TimelineEvent | `{%${string}%}`; readonly detail?: string };
  /** Further values of the condition, by name: `{ ':from': { S: 'ACCEPTED' } }`. */
  readonly values?: Readonly<Record<string, Attribute>>;
  /** Entries that are added to lists of the order. */
  readonly append?: Readonly<Record<string, Attribute>>;
  /**
   * A name of this write among the order's: what was written under it is not written again, however often it is tried.
   * @default the condition sees to it
   */
  readonly once?: string;
}

export const status = (value: OrderStatus): Attribute => ({ S: value });

/**
 * The parts of an update of an order, in one write with its timeline entry, version and time. Names are given as
 * placeholders throughout: `status`, `timeline` and others are reserved words.
 */
export function orderUpdate({ orders, condition, set, setOnce = {}, remove = [], entry, values = {}, append = {}, once }: OrderWriteProps) {
  const appended = { ...append, ...(entry && { timeline: timelineEntry(entry) }) };
  const conditions = once === undefined ? condition : `(${condition}) AND (attribute_not_exists(#written) OR NOT contains(#written, :write))`;
  const attributes = [...Object.keys(set), ...Object.keys(setOnce), ...remove, ...Object.keys(appended), 'version', 'updatedAt', ...namesIn(conditions)];
  const sets = [
    ...Object.keys(set).map((name) => `#${name} = :${name}`),
    ...Object.keys(setOnce).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
    ...Object.keys(appended).map((name) => `#${name} = list_append(#${name}, :${name})`),
    ...(once === undefined ? [] : ['#written = list_append(if_not_exists(#written, :none), :writes)']),
    '#version = #version + :one',
    '#updatedAt = :now',
  ];
  return {
    TableName: orders.tableName,
    Key: { orderId: { S: '{% $orderId %}' } },
    UpdateExpression: `SET ${sets.join(', ')}${remove.length > 0 ? ` REMOVE ${remove.map((name) => `#${name}`).join(', ')}` : ''}`,
    ConditionExpression: conditions,
    ExpressionAttributeNames: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.entries({ ...set, ...setOnce }).map(([name, value]) => [`:${name}`, value])),
      ...Object.fromEntries(Object.entries(appended).map(([name, value]) => [`:${name}`, { L: [value] }])),
      ':one': { N: '1' },
      ':now': { S: NOW },
      ...(once !== undefined && { ':write': { S: once }, ':writes': { L: [{ S: once }] }, ':none': { L: [] } }),
      ...values,
    },
  };
}

/** ISO 8601 in UTC with milliseconds, as contracts/instant.ts has it. */
export const NOW = '{% $now() %}';

const timelineEntry = ({ event, detail }: NonNullable<OrderWriteProps['entry']>): Attribute => ({
  M: { at: { S: NOW }, event: { S: event }, ...(detail !== undefined && { detail: { S: detail } }) },
});

const namesIn = (condition: string): string[] => [...condition.matchAll(/#(\w+)/g)].flatMap(([, name]) => name ?? []);

/** A state that writes to an order without a function. Its input goes on to the next state. */
export class OrderWrite {
  readonly state: tasks.CallAwsService;

  constructor(scope: Construct, id: string, props: OrderWriteProps) {
    this.state = tasks.CallAwsService.jsonata(scope, id, {
      service: 'dynamodb',
      action: 'updateItem',
      parameters: orderUpdate(props),
      iamAction: 'dynamodb:UpdateItem',
      iamResources: [props.orders.tableArn],
      outputs: '{% $states.input %}',
    });
    retryDynamoDb(this.state);
  }

  /** Where to go on: also when the write was refused, because only a repeated write is. */
  next(state: sfn.IChainable): this {
    this.state.next(state);
    this.state.addCatch(state, { errors: CONDITION_FAILED, outputs: '{% $states.input %}' });
    return this;
  }
}
