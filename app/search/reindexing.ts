import * as z from 'zod';

/** Asks the function that builds indexes. Rejects when the function fails. @returns its answer as JSON */
export type Ask = (event: { readonly reindex: string; readonly anew: boolean }) => Promise<unknown>;

const Progress = z.object({ state: z.enum(['filling', 'comparing', 'serving', 'done']), index: z.string(), documents: z.number() });
export type Progress = z.infer<typeof Progress>;

/**
 * Has an index built anew from its table, piece by piece, until it serves and the one before is removed. A build that was
 * stopped goes on where it was.
 */
export async function reindex(index: string, ask: Ask, onProgress: (progress: Progress) => void): Promise<Progress> {
  let progress = Progress.parse(await ask({ reindex: index, anew: true }));
  while (progress.state !== 'done') {
    onProgress(progress);
    progress = Progress.parse(await ask({ reindex: index, anew: false }));
  }
  return progress;
}

const WORDS: Readonly<Record<Progress['state'], string>> = {
  filling: 'read from the table …',
  comparing: 'read; comparing what changed meanwhile …',
  serving: 'served; comparing once more …',
  done: 'served.',
};

/** A line for people to read. */
export const inWords = ({ state, index, documents }: Progress): string => `${index}: ${documents} documents ${WORDS[state]}`;
