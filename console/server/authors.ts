import type { CodePipelineClient, PipelineExecutionSummary } from '@aws-sdk/client-codepipeline';
import { actionExecutions } from './actionExecutions';
import { type Authors, authorsIn } from './commits';
import { remembered } from './remembered';

/** What a source action that has finished put out never changes. */
const KEPT_MS = 24 * 3_600_000;
/** A run whose actions could not be read is shown without its author, and asked for again after a while. */
const PATIENCE_MS = 60_000;
/** CodePipeline throttles whoever asks for a whole page of runs at once. */
const AT_ONCE = 8;

/** Who wrote the commits of these runs of a pipeline. */
export type ReadAuthors = (pipeline: string, runs: readonly PipelineExecutionSummary[]) => Promise<Authors>;

interface Run {
  readonly pipeline: string;
  readonly id: string;
  /** Part of what is remembered by: a run whose sources finish one after the other is asked for again. */
  readonly revisions: readonly string[];
}

/**
 * Asks each run once. The list of all actions would have to be read through from the newest on, some dozens for each run;
 * of a run by itself they are one page.
 */
export function authorsReader(codepipeline: CodePipelineClient): ReadAuthors {
  const ofRun = remembered(KEPT_MS, async ({ pipeline, id }: Run) => authorsIn(await actionExecutions(codepipeline, pipeline, id)));
  const ofRunOrNone = remembered(PATIENCE_MS, (run: Run) => ofRun(run).catch((): Authors => new Map()));
  return async (pipeline, runs) => {
    const asked = runs.flatMap(({ pipelineExecutionId: id, sourceRevisions = [] }) => (id && sourceRevisions.length > 0 ? { pipeline, id, revisions: sourceRevisions.map(({ revisionId = '' }) => revisionId) } : []));
    const found = new Map<string, string>();
    for (let first = 0; first < asked.length; first += AT_ONCE) {
      // oxlint-disable-next-line no-await-in-loop -- a few at a time
      for (const authors of await Promise.all(asked.slice(first, first + AT_ONCE).map(ofRunOrNone))) for (const [commit, author] of authors) found.set(commit, author);
    }
    return found;
  };
}
