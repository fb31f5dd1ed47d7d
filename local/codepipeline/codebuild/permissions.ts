import { need } from '../../aws/servicePermissions';
import type { ServiceAct } from '../../permissions/gatekeeper';
import type { Build } from './model';

/**
 * What CodeBuild does under the role of a build's project: here the runner does it.
 * Source: https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html.
 */
export function logNeeds({ account, region, logGroup, logStream }: Build): ServiceAct['needs'] {
  const group = `arn:aws:logs:${region}:${account}:log-group:${logGroup}`;
  return [need('logs:CreateLogGroup', `${group}:log-stream:`), ...['CreateLogStream', 'PutLogEvents'].map((action) => need(`logs:${action}`, `${group}:log-stream:${logStream}`))];
}

/** Test cases of a report; the group is made when its first report comes. */
export function reportNeeds({ account, region, project }: Build, reports: readonly string[]): ServiceAct['needs'] {
  return reports.flatMap((key) => {
    const group = `arn:aws:codebuild:${region}:${account}:report-group/${project.name}-${key}`;
    return ['CreateReportGroup', 'CreateReport', 'UpdateReport', 'BatchPutTestCases'].map((action) => need(`codebuild:${action}`, group));
  });
}
