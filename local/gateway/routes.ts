import type { IncomingHttpHeaders } from 'node:http';

/** Where the gateway sends a call: the base URL of the server that answers for the service. */
export interface Upstreams {
  /** Answers for every service that nobody else names, and for calls without a signature. */
  readonly ministack: URL;
  /** Answers for CodePipeline, CodeBuild and the logs of builds. */
  readonly runner: URL;
}

const RUNNER_SERVICES = new Set(['codepipeline', 'codebuild']);
const RUNNER_LOG_GROUP = /"logGroup(?:Name(?:Prefix)?|Identifier)"\s*:\s*"[^"]*\/aws\/code(?:build|pipeline)\//;

/**
 * The service a request was signed for, e.g. `dynamodb`; `undefined` for an unsigned request.
 * Source: the credential scope of Signature Version 4, in the Authorization header or in the query of a presigned URL.
 */
export function signedService(headers: IncomingHttpHeaders, url: string): string | undefined {
  const credential =
    /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? new URL(url, 'http://gateway').searchParams.get('X-Amz-Credential') ?? undefined;
  const scope = credential?.split('/');
  return scope?.at(-1) === 'aws4_request' ? scope.at(-2) : undefined;
}

/** Whether the route depends on the request's body: CloudWatch Logs is shared between the runner and MiniStack. */
export const needsBody = (service: string | undefined): boolean => service === 'logs';

/** The upstream for a call. `body` is read only where `needsBody` says so. */
export function upstreamFor(service: string | undefined, body: string | undefined, upstreams: Upstreams): URL {
  if (service && RUNNER_SERVICES.has(service)) return upstreams.runner;
  if (service === 'logs' && body && RUNNER_LOG_GROUP.test(body)) return upstreams.runner;
  return upstreams.ministack;
}
