import * as z from 'zod';
import { ServiceError } from '../../aws/errors';
import { operation } from '../../aws/json-service';
import type { Builds } from '../codebuild/builds';
import { buildArn, environmentVariable, type Build } from '../codebuild/model';
import type { Projects } from '../codebuild/projects';
import type { Report } from '../codebuild/reports';
import { page, seconds } from './paging';

const ids = z.array(z.string()).min(1).max(100);
const listing = { sortOrder: z.enum(['ASCENDING', 'DESCENDING']).default('DESCENDING'), nextToken: z.string().optional() };
const listedAtOnce = 100;

/** CodeBuild's operations on builds and their reports. */
export function buildOperations(projects: Projects, builds: Builds) {
  const list = (account: string, region: string, project: string | undefined, sortOrder: string, nextToken: string | undefined) => {
    const newestFirst = builds.list(account, region, project).map(({ id }) => id);
    const { items, ...rest } = page(sortOrder === 'ASCENDING' ? newestFirst.toReversed() : newestFirst, listedAtOnce, nextToken);
    return { ids: items, ...rest };
  };
  return {
    BatchGetBuilds: operation(z.object({ ids }), ({ ids: wanted }, { account }) => {
      const byId = new Map(wanted.map((id) => [id, builds.find(id.split(':build/').at(-1) ?? id)]));
      const found = [...byId.values()].filter((build) => build?.account === account).filter((build) => build !== undefined);
      return { builds: found.map(view), buildsNotFound: wanted.filter((id) => byId.get(id)?.account !== account) };
    }),
    ListBuilds: operation(z.object(listing), ({ sortOrder, nextToken }, { account, region }) => list(account, region, undefined, sortOrder, nextToken)),
    ListBuildsForProject: operation(z.object({ projectName: z.string(), ...listing }), ({ projectName, sortOrder, nextToken }, { account, region }) => {
      projects.get(account, region, projectName);
      return list(account, region, projectName, sortOrder, nextToken);
    }),
    StartBuild: operation(
      z.strictObject({ projectName: z.string(), environmentVariablesOverride: z.array(environmentVariable).default([]), buildspecOverride: z.string().optional(), sourceVersion: z.string().optional(), idempotencyToken: z.string().optional() }),
      ({ projectName, environmentVariablesOverride, buildspecOverride, sourceVersion }, { account, region, arn }) => {
        const project = projects.get(account, region, projectName);
        const { source } = project.settings;
        if (source.type !== 'NO_SOURCE')
          throw new ServiceError('InvalidInputException', `The project ${projectName} has a source of type ${source.type}: on this machine such a build is started by its pipeline only.`);
        const settings = buildspecOverride === undefined ? project.settings : { ...project.settings, source: { ...source, buildspec: buildspecOverride } };
        const { build } = builds.start({ ...project, settings }, { initiator: arn.split(':').at(-1) ?? arn, environmentVariables: environmentVariablesOverride, sourceVersion });
        return { build: view(build) };
      },
    ),
    StopBuild: operation(z.object({ id: z.string() }), async ({ id }) => ({ build: view(await builds.stop(id)) })),
    BatchGetReports: operation(z.object({ reportArns: ids }), ({ reportArns }) => {
      const found = reportArns.map((arn) => builds.report(arn)).filter((report) => report !== undefined);
      return { reports: found.map(reportView), reportsNotFound: reportArns.filter((arn) => builds.report(arn) === undefined) };
    }),
    DescribeTestCases: operation(z.object({ reportArn: z.string(), nextToken: z.string().optional(), maxResults: z.int().min(1).max(100).default(100) }), ({ reportArn, nextToken, maxResults }) => {
      const report = builds.report(reportArn);
      if (report === undefined) throw new ServiceError('ResourceNotFoundException', `Report not found: ${reportArn}`);
      const { items, ...rest } = page(report.cases, maxResults, nextToken);
      return { testCases: items.map(({ suite, ...one }) => ({ reportArn, testSuiteName: suite, ...one })), ...rest };
    }),
  };
}

function view(build: Build) {
  const { account, region, project, logGroup, logStream } = build;
  const environment = { ...project.environment, environmentVariables: [...project.environment.environmentVariables, ...build.environmentVariables] };
  const { artifacts, source, cache } = project;
  return {
    id: build.id,
    arn: buildArn(build),
    buildNumber: build.number,
    startTime: seconds(build.startTime),
    ...(build.endTime !== undefined && { endTime: seconds(build.endTime) }),
    currentPhase: build.phases.at(-1)?.phaseType,
    buildStatus: build.status,
    sourceVersion: build.sourceVersion,
    resolvedSourceVersion: build.resolvedSourceVersion,
    projectName: project.name,
    phases: build.phases.map(phaseView),
    source,
    artifacts: { location: '', ...(artifacts['encryptionDisabled'] === true && { encryptionDisabled: true }) },
    cache,
    environment,
    serviceRole: project.serviceRole,
    logs: {
      groupName: logGroup,
      streamName: logStream,
      deepLink: `https://console.aws.amazon.com/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${encodeURIComponent(logGroup)}/log-events/${encodeURIComponent(logStream)}`,
      cloudWatchLogsArn: `arn:aws:logs:${region}:${account}:log-group:${logGroup}:log-stream:${logStream}`,
    },
    timeoutInMinutes: project.timeoutInMinutes,
    queuedTimeoutInMinutes: project.queuedTimeoutInMinutes,
    buildComplete: build.endTime !== undefined,
    initiator: build.initiator,
    encryptionKey: project.encryptionKey,
    exportedEnvironmentVariables: build.exportedVariables,
    reportArns: build.reportArns,
  };
}

function phaseView({ phaseType, phaseStatus, startTime, endTime, context }: Build['phases'][number]) {
  return {
    phaseType,
    ...(phaseStatus !== undefined && { phaseStatus }),
    startTime: seconds(startTime),
    ...(endTime !== undefined && { endTime: seconds(endTime), durationInSeconds: Math.round((endTime - startTime) / 1000) }),
    ...(context !== undefined && { contexts: [context] }),
  };
}

function reportView({ arn, groupArn, name, buildArn: executionId, status, createdAt, cases }: Report) {
  const statusCounts: Record<string, number> = { SUCCEEDED: 0, FAILED: 0, ERROR: 0, SKIPPED: 0 };
  for (const one of cases) statusCounts[one.status] = (statusCounts[one.status] ?? 0) + 1;
  const durationInNanoSeconds = cases.reduce((sum, one) => sum + one.durationInNanoSeconds, 0);
  return { arn, type: 'TEST', name, reportGroupArn: groupArn, executionId, status, created: seconds(createdAt), truncated: false, testSummary: { total: cases.length, statusCounts, durationInNanoSeconds } };
}
