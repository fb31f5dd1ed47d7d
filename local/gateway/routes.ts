/** Where the gateway sends a call: the base URL of the server that answers for the service. */
export interface Upstreams {
  /** Answers for every service that nobody else names, and for calls without a signature. */
  readonly ministack: URL;
  /** Answers for CodePipeline, CodeBuild and the logs of builds. */
  readonly runner: URL;
}

const RUNNER_SERVICES = new Set(['codepipeline', 'codebuild']);
const RUNNER_LOG_GROUP = /"logGroup(?:Name(?:Prefix)?|Identifier)"\s*:\s*"[^"]*\/aws\/code(?:build|pipeline)\//;

/** Whether the route depends on the request's body: CloudWatch Logs is shared between the runner and MiniStack. */
export const needsBody = (service: string): boolean => service === 'logs';

/** The upstream for a call. `body` is read only where `needsBody` says so. */
export function upstreamFor(service: string, body: string | undefined, upstreams: Upstreams): URL {
  if (RUNNER_SERVICES.has(service)) return upstreams.runner;
  if (service === 'logs' && body && RUNNER_LOG_GROUP.test(body)) return upstreams.runner;
  return upstreams.ministack;
}
