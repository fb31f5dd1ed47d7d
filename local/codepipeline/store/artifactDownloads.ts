import AdmZip from 'adm-zip';
import type { Hono } from 'hono';
import type { PipelineState } from '../engine/model';
import { ARTIFACT_KEY, artifactObject } from './artifactObjects';

/** A zip's own word for contents that are not compressed. */
const STORED = 0;

/** Answers `GetObject` for artefacts. The gateway has asked by then whether the caller may read them. */
export function serveArtifacts(app: Hono, all: () => readonly PipelineState[], folderOf: (executionId: string, runId: string, artifact: string) => string | undefined): void {
  app.get(`/:bucket/:pipeline/:artifact/:object{${ARTIFACT_KEY}.+}`, async (context) => {
    const { bucket, pipeline, artifact, object } = context.req.param();
    const found = all()
      .filter(({ declaration }) => declaration.name === pipeline)
      .flatMap((state) => state.executions.flatMap((execution) => execution.actions.map((run) => ({ state, execution, run }))))
      .find(({ state, run }) => object === `${ARTIFACT_KEY}${run.id}` && artifactObject(state, run, artifact)?.bucket === bucket);
    const folder = found && folderOf(found.execution.id, found.run.id, artifact);
    if (folder === undefined) return context.body('<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>', 404, { 'content-type': 'application/xml' });
    return context.body(new Uint8Array(await zipped(folder)), 200, { 'content-type': 'application/zip' });
  });
}

async function zipped(folder: string): Promise<Buffer> {
  const zip = new AdmZip();
  await zip.addLocalFolderPromise(folder, {});
  // It never leaves this machine: squeezing it would only keep the runner from its work.
  for (const entry of zip.getEntries()) entry.header.method = STORED;
  return zip.toBufferPromise();
}
