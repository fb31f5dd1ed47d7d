import type { Place } from './call';
import type { Input } from './input';
import { on, onEverything, type Readers } from './readers';

/**
 * Actions on a whole log group are asked on its streams, with none named: a policy must end in `:*`.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html.
 */
function group(input: Input, at: Place): string {
  const name = input.text('logGroupName') ?? input.needed('logGroupIdentifier');
  return at.arn('logs', `log-group:${name.replace(/^arn:(?:[^:]*:){5}log-group:/, '').replace(/:\*$/, '')}:log-stream:`);
}

export const logs: Readers = {
  ...on('CreateLogGroup DeleteLogGroup PutRetentionPolicy DescribeLogStreams FilterLogEvents DescribeMetricFilters', group),
  ...on('CreateLogStream PutLogEvents GetLogEvents DeleteLogStream', (input, at) => `${group(input, at)}${input.needed('logStreamName')}`),
  ...on('DescribeLogGroups', (_input, at) => at.arn('logs', 'log-group::log-stream:')),
};

export const cloudwatch: Readers = {
  ...on('DescribeAlarms', (_input, at) => at.arn('cloudwatch', 'alarm:*')),
  ...on('SetAlarmState', (input, at) => at.arn('cloudwatch', `alarm:${input.needed('AlarmName')}`)),
  ...onEverything('PutMetricData GetMetricData GetMetricStatistics ListMetrics'),
};
