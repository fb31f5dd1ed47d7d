import { ARTIFACT_KEY } from '../codepipeline/store/artifactObjects';

/** Where the gateway sends a call: the base URL of the server that answers for the service. */
export interface Upstreams {
  /** Answers for every service that nobody else names, and for calls without a signature. */
  readonly ministack: URL;
  /** Who answers for a service instead, by the name that signatures give it (`codepipeline`). */
  readonly others: ReadonlyMap<string, URL>;
}

/** Logs of builds and of the pipeline are the runner's, those of everything else MiniStack's. */
const RUNNER_LOG_GROUP = /"logGroup(?:Name(?:Prefix)?|Identifier)"\s*:\s*"[^"]*\/aws\/code(?:build|pipeline)\//;
/** Artefacts of pipelines, which the runner keeps; the buckets they would be in are MiniStack's. */
const RUNNER_OBJECT = new RegExp(`^/[^/?]+/[^/?]+/[^/?]+/${ARTIFACT_KEY}`);
const RUNNER = 'codebuild';

/** Whether the route depends on the request's body: CloudWatch Logs is shared between the runner and MiniStack. */
export const needsBody = (service: string): boolean => service === 'logs';

/** The upstream for a call. `body` is read only where `needsBody` says so. */
export function upstreamFor({ service, url, body }: { service: string; url: string; body?: string }, { ministack, others }: Upstreams): URL {
  // Domains are MiniStack's to manage; what is in them is another part's, and has an address of its own.
  if (service === 'es') return ministack;
  const isRunners = (service === 'logs' && body && RUNNER_LOG_GROUP.test(body)) || (service === 's3' && RUNNER_OBJECT.test(url));
  const answering = isRunners ? RUNNER : service;
  return others.get(answering) ?? ministack;
}
