import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { acknowledge } from '../shared/acknowledge';
import { retryLambda, retryService } from '../shared/retries';
import type { ServiceFunction } from '../shared/function';
import { ServiceStateMachine } from '../shared/state-machine';
import type { Catalogue } from './catalogue';
import { Lease } from './lease';
import type { Spark } from './spark';

export interface MakeDayProps {
  readonly stateMachineName: string;
  readonly catalogue: Catalogue;
  readonly spark: Spark;
  /** Given `{ run, began }`; answers whether what it made may be published. */
  readonly check: ServiceFunction;
  /** Given `{ run }`. */
  readonly publish: ServiceFunction;
  /** Given `{ day }`. */
  readonly keepSimilarItems: ServiceFunction;
  readonly deletionProtection: boolean;
  readonly logRetention: logs.RetentionDays;
}

/** Step Functions' name for a crawler that somebody else has started. */
const CRAWLING = ['Glue.CrawlerRunningException'];
/** The job of a day takes minutes; this ends one that hangs. */
const LONGEST_JOB = Duration.hours(3);
const LONGEST_FUNCTION = sfn.Timeout.duration(Duration.minutes(16));
const CALL = sfn.Timeout.duration(Duration.minutes(1));

/**
 * Makes the lake's tables of a day: crawl, job, check, publish. Given `{ day: "2026-11-22" }`, or `{ time }`, whose day before is
 * meant. What is published stays whole until the last step, whatever becomes of the run.
 */
export class MakeDay extends Construct {
  readonly stateMachine: sfn.StateMachine;

  constructor(scope: Construct, id: string, props: MakeDayProps) {
    super(scope, id);
    const { spark, stateMachineName, catalogue } = props;
    const begin = sfn.Pass.jsonata(this, 'Begin', {
      assign: {
        day: '{% $exists($states.input.day) ? $states.input.day : $substring($fromMillis($toMillis($states.input.time) - 86400000), 0, 10) %}',
        run: '{% $states.context.Execution.Name %}',
        execution: '{% $states.context.Execution.Id %}',
      },
    });
    const lease = new Lease(this, 'Lease', { stateMachineName, deletionProtection: props.deletionProtection });
    const giveUp = this.#giveUp(lease);
    const careful = <T extends sfn.TaskStateBase | sfn.CustomState>(state: T): T => {
      state.addCatch(giveUp, { errors: [sfn.Errors.ALL], assign: { error: '{% $states.errorOutput.Error %}', cause: '{% $states.errorOutput.Cause %}' } });
      return state;
    };
    const job = careful(this.#job(spark));
    const check = careful(this.#call('CheckDay', props.check, { run: '{% $run %}', began: '{% $states.context.Execution.StartTime %}' }));
    const publish = careful(this.#call('PublishDay', props.publish, { run: '{% $run %}' }, '{% $states.input %}'));
    const similar = careful(this.#call('KeepSimilarItems', props.keepSimilarItems, { day: '{% $day %}' }, '{% $states.input %}'));
    const refused = sfn.Pass.jsonata(this, 'NotPublished', { assign: { error: 'DayNotPublished', cause: "{% $join($states.input.faults, ' ') & ' What was published before is still there.' %}" } });
    refused.next(giveUp);

    begin.next(
      sfn.Choice.jsonata(this, 'IsDay?')
        .when(sfn.Condition.jsonata("{% $contains($day, /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/) and $day <= $substring($now(), 0, 10) %}"), lease.take)
        .otherwise(sfn.Fail.jsonata(this, 'NoSuchDay', { error: 'NoSuchDay', cause: "{% $day & ' is no day that has begun: give one like 2026-11-22, in UTC.' %}" })),
    );
    this.#crawl(lease.taken, catalogue, careful, job);
    job.next(check);
    check.next(sfn.Choice.jsonata(this, 'Good?').when(sfn.Condition.jsonata('{% $states.input.passed %}'), publish).otherwise(refused));
    publish.next(similar);
    similar.next(lease.release);
    const made = sfn.Succeed.jsonata(this, 'Made');
    lease.release.next(made);
    lease.release.addCatch(made, { errors: [sfn.Errors.ALL], outputs: '{% $states.input %}' });

    this.stateMachine = new ServiceStateMachine(this, 'StateMachine', { start: begin, comment: "Makes the lake's tables of a day", logRetention: props.logRetention, stateMachineName });
    this.#grantJob(spark);
    this.#acknowledge(stateMachineName, spark);
  }

  /** Lists what has arrived. No query waits for it, so a crawler that fails does not keep the day from being made. */
  #crawl(after: sfn.INextable, { crawler }: Catalogue, careful: <T extends sfn.TaskStateBase>(state: T) => T, next: sfn.IChainable): void {
    const resource = Stack.of(this).formatArn({ service: 'glue', resource: 'crawler', resourceName: crawler.ref });
    const start = tasks.CallAwsService.jsonata(this, 'Crawl', { service: 'glue', action: 'startCrawler', parameters: { Name: crawler.ref }, iamResources: [resource], taskTimeout: CALL });
    retryService(start, 'Glue');
    const wait = sfn.Wait.jsonata(this, 'WaitForCrawler', { time: sfn.WaitTime.duration(Duration.seconds(15)) });
    const look = careful(
      tasks.CallAwsService.jsonata(this, 'LookAtCrawler', { service: 'glue', action: 'getCrawler', parameters: { Name: crawler.ref }, iamResources: [resource], taskTimeout: CALL, outputs: { state: '{% $states.result.Crawler.State %}' } }),
    );
    retryService(look, 'Glue');
    after.next(start);
    start.next(wait);
    start.addCatch(wait, { errors: CRAWLING });
    careful(start);
    wait.next(look);
    look.next(sfn.Choice.jsonata(this, 'Crawled?').when(sfn.Condition.jsonata("{% $states.input.state = 'READY' %}"), next).otherwise(wait));
  }

  /** By hand, since the CDK has no task for it and refuses to wait for calls that it has no task for. */
  #job({ applicationId, role, submission, arguments: same }: Spark): sfn.CustomState {
    const job = new sfn.CustomState(this, 'RunJob', {
      stateJson: {
        Type: 'Task',
        QueryLanguage: 'JSONata',
        Resource: `arn:${Stack.of(this).partition}:states:::emr-serverless:startJobRun.sync`,
        Arguments: {
          ApplicationId: applicationId,
          ExecutionRoleArn: role.roleArn,
          Name: "{% 'make-' & $day %}",
          // A state that is tried again has the same job, run once.
          ClientToken: "{% $substring($run, 0, 64) %}",
          ExecutionTimeoutMinutes: LONGEST_JOB.toMinutes(),
          JobDriver: { SparkSubmit: { ...submission, EntryPointArguments: ['--day', '{% $day %}', '--run', '{% $run %}', ...same] } },
        },
        TimeoutSeconds: LONGEST_JOB.plus(Duration.minutes(15)).toSeconds(),
      },
    });
    retryService(job, 'EMRServerless', 'ServiceQuotaExceededException');
    return job;
  }

  #call(id: string, fn: ServiceFunction, payload: Readonly<Record<string, string>>, outputs = '{% $states.result.Payload %}'): tasks.LambdaInvoke {
    const call = tasks.LambdaInvoke.jsonata(this, id, { lambdaFunction: fn.live, payload: sfn.TaskInput.fromObject({ ...payload }), outputs, retryOnServiceExceptions: false, taskTimeout: LONGEST_FUNCTION });
    retryLambda(call);
    return call;
  }

  #giveUp({ releaseAfterFailure }: Lease): tasks.CallAwsService {
    const failed = sfn.Fail.jsonata(this, 'Failed', { error: '{% $error %}', cause: '{% $cause %}' });
    releaseAfterFailure.next(failed);
    releaseAfterFailure.addCatch(failed, { errors: [sfn.Errors.ALL] });
    return releaseAfterFailure;
  }

  /** What `.sync` needs to start the job, to be told of its end, and to end it with the execution (https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-serverless.html). */
  #grantJob({ applicationArn, jobRuns, role }: Spark): void {
    const grant = (actions: readonly string[], resourceArns: string[], conditions?: Record<string, Record<string, string>>): iam.Grant => iam.Grant.addToPrincipal({ grantee: this.stateMachine, actions: [...actions], resourceArns, conditions });
    grant(['emr-serverless:StartJobRun'], [applicationArn]);
    grant(['emr-serverless:GetJobRun', 'emr-serverless:CancelJobRun'], [jobRuns]);
    grant(['iam:PassRole'], [role.roleArn], { StringLike: { 'iam:PassedToService': 'emr-serverless.amazonaws.com' } });
    grant(['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], [Stack.of(this).formatArn({ service: 'events', resource: 'rule', resourceName: 'StepFunctionsGetEventsForEMRServerlessJobRule' })]);
  }

  #acknowledge(stateMachineName: string, spark: Spark): void {
    const { account, region } = Stack.of(this);
    const { role } = this.stateMachine;
    acknowledge(role, `AwsSolutions-IAM5[Resource::arn:aws:states:${region}:${account}:execution:${stateMachineName}:*]`, 'A run asks after another one, whatever its name.');
    acknowledge(role, `AwsSolutions-IAM5[Resource::arn:aws:emr-serverless:${region}:${account}:/applications/${spark.applicationInFinding}/jobruns/*]`, 'Each run has a job of its own.');
  }
}
