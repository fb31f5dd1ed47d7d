import { BatchGetBuildsCommand, type CodeBuildClient } from '@aws-sdk/client-codebuild';
import { Evidence, EVIDENCE_VARIABLE, type Hop } from '../../contracts/evidence';

/** How many builds CodeBuild tells of in one call. */
const BATCH = 100;

/**
 * What builds measured, by their ids. It is read from the build and not from the pipeline's output variables, which a
 * failed action has none of: who looks at a failed run wants to see which hop it was.
 */
export async function evidenceOfBuilds(codebuild: CodeBuildClient, ids: readonly string[]): Promise<Map<string, Hop[]>> {
  const found = new Map<string, Hop[]>();
  for (let first = 0; first < ids.length; first += BATCH) {
    // oxlint-disable-next-line no-await-in-loop
    const { builds } = await codebuild.send(new BatchGetBuildsCommand({ ids: ids.slice(first, first + BATCH) }));
    for (const { id, exportedEnvironmentVariables } of builds ?? []) {
      const hops = hopsIn(exportedEnvironmentVariables?.find(({ name }) => name === EVIDENCE_VARIABLE)?.value);
      if (id && hops) found.set(id, hops);
    }
  }
  return found;
}

/** Another application's variable of this name is none of ours. */
function hopsIn(value: string | undefined): Hop[] | undefined {
  if (!value) return undefined;
  try {
    const evidence = Evidence.safeParse(JSON.parse(value));
    return evidence.success ? evidence.data.hops : undefined;
  } catch {
    return undefined;
  }
}
