import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { CONDITION_FAILED, retryDynamoDb, retryService } from '../shared/retries';
import { RetainedTable } from '../shared/table';

export interface LeaseProps {
  readonly stateMachineName: string;
  readonly deletionProtection: boolean;
}

const GONE = ['Sfn.ExecutionDoesNotExistException'];
const NAMES = { '#name': 'name', '#run': 'run', '#day': 'day', '#since': 'since' };
/** One for all days: what is late has a run make other days than its own. */
const KEY = { name: { S: 'run' } };

/**
 * That one run makes the lake's tables at a time. Whoever comes second is told which run is under way; one that was ended without
 * giving the lease back, by a person or by Step Functions, loses it to the next. Needs the variables `run`, `day` and `execution`.
 */
export class Lease extends Construct {
  /** Where a run begins. */
  readonly take: sfn.Pass;
  /** Comes once the lease is taken. */
  readonly taken: sfn.Pass;
  /** Gives it back, and goes on whatever becomes of that. */
  readonly release: tasks.CallAwsService;
  readonly releaseAfterFailure: tasks.CallAwsService;

  constructor(scope: Construct, id: string, { stateMachineName, deletionProtection }: LeaseProps) {
    super(scope, id);
    const table = new RetainedTable(this, 'Runs', { partitionKey: 'name', deletionProtection });
    this.take = sfn.Pass.jsonata(this, 'TakeLease');
    this.taken = sfn.Pass.jsonata(this, 'LeaseTaken');
    const claim = this.#write(table, 'ClaimLease', 'attribute_not_exists(#name) OR #run = :run');
    const takeOver = this.#write(table, 'TakeLeaseOver', '#run = :holder', { ':holder': { S: '{% $holder %}' } });
    const holder = tasks.CallAwsService.jsonata(this, 'ReadLease', {
      service: 'dynamodb',
      action: 'getItem',
      parameters: { TableName: table.tableName, Key: KEY, ConsistentRead: true },
      iamResources: [table.tableArn],
      // It may have been given back in between.
      assign: { holder: "{% $exists($states.result.Item.run.S) ? $states.result.Item.run.S : 'none' %}", heldDay: "{% $exists($states.result.Item.day.S) ? $states.result.Item.day.S : 'none' %}" },
    });
    const look = tasks.CallAwsService.jsonata(this, 'LookAtHolder', {
      service: 'sfn',
      action: 'describeExecution',
      parameters: { ExecutionArn: "{% $replace($execution, $run, $holder) %}" },
      iamAction: 'states:DescribeExecution',
      iamResources: [Stack.of(this).formatArn({ service: 'states', resource: 'execution', resourceName: `${stateMachineName}:*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME })],
      taskTimeout: sfn.Timeout.duration(Duration.minutes(1)),
      outputs: { status: '{% $states.result.Status %}' },
    });
    retryService(look, 'Sfn');
    retryDynamoDb(holder);
    const refuse = sfn.Fail.jsonata(this, 'AnotherRunIsUnderWay', {
      error: 'AnotherRunIsUnderWay',
      cause: "{% 'Run ' & $holder & ' makes ' & $heldDay & ' at the moment. Begin ' & $day & ' again when it is over.' %}",
    });

    this.take.next(claim);
    claim.next(this.taken);
    claim.addCatch(holder, { errors: CONDITION_FAILED });
    holder.next(sfn.Choice.jsonata(this, 'LeaseFree?').when(sfn.Condition.jsonata("{% $holder = 'none' %}"), claim).otherwise(look));
    look.next(sfn.Choice.jsonata(this, 'HolderAtWork?').when(sfn.Condition.jsonata("{% $states.input.status = 'RUNNING' %}"), refuse).otherwise(takeOver));
    look.addCatch(takeOver, { errors: GONE });
    takeOver.next(this.taken);
    takeOver.addCatch(holder, { errors: CONDITION_FAILED });

    this.release = this.#remove(table, 'ReleaseLease');
    this.releaseAfterFailure = this.#remove(table, 'ReleaseLeaseAfterFailure');
  }

  #write(table: RetainedTable, id: string, condition: string, more: Readonly<Record<string, { readonly S: string }>> = {}): tasks.CallAwsService {
    const write = tasks.CallAwsService.jsonata(this, id, {
      service: 'dynamodb',
      action: 'updateItem',
      parameters: {
        TableName: table.tableName,
        Key: KEY,
        UpdateExpression: 'SET #run = :run, #day = :day, #since = :now',
        ConditionExpression: condition,
        ExpressionAttributeNames: Object.fromEntries(Object.entries(NAMES).filter(([name]) => name !== '#name' || condition.includes('#name'))),
        ExpressionAttributeValues: { ':run': { S: '{% $run %}' }, ':day': { S: '{% $day %}' }, ':now': { S: '{% $now() %}' }, ...more },
      },
      iamResources: [table.tableArn],
    });
    retryDynamoDb(write);
    return write;
  }

  #remove(table: RetainedTable, id: string): tasks.CallAwsService {
    const remove = tasks.CallAwsService.jsonata(this, id, {
      service: 'dynamodb',
      action: 'deleteItem',
      parameters: { TableName: table.tableName, Key: KEY, ConditionExpression: '#run = :run', ExpressionAttributeNames: { '#run': 'run' }, ExpressionAttributeValues: { ':run': { S: '{% $run %}' } } },
      iamResources: [table.tableArn],
      outputs: '{% $states.input %}',
    });
    retryDynamoDb(remove);
    return remove;
  }
}
