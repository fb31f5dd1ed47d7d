import type { ActionRun, PipelineState } from '../engine/model';

/** Begins the last part of a key, by which the gateway tells an artefact from what else there is in S3. */
export const ARTIFACT_KEY = 'pipeline-artefact-';

/** Where AWS keeps an artefact of an action run. Here it is a folder, which is zipped when somebody asks for the object. */
export function artifactObject({ declaration, region }: PipelineState, run: ActionRun, artifact: string): { bucket: string; key: string } | undefined {
  const store = declaration.artifactStores?.[run.declaration.region ?? region] ?? declaration.artifactStore;
  return store && { bucket: store.location, key: `${declaration.name}/${artifact}/${ARTIFACT_KEY}${run.id}` };
}
