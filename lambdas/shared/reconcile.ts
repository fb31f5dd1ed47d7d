/** What it comes to that two stores see one thing so. */
export type Verdict =
  | 'agreed'
  /** A difference that may be mended without asking: what it is, and the act, which may be repeated without harm. */
  | { readonly repair: string; readonly act: () => Promise<unknown> }
  /** A difference that a person has to judge, as a sentence; `act` tells them, every time again. */
  | { readonly raise: string; readonly kind: string; readonly act?: () => Promise<unknown> };

/** One thing as two stores see it. */
export interface Pair {
  /** Names it in the report. */
  readonly key: string;
  /** Reads both sides and compares. Rejects when one of them does not answer. */
  readonly judge: () => Promise<Verdict>;
}

export interface Finding {
  readonly key: string;
  readonly what: string;
}

/** What was found. `compared` counts the pairs of which both sides answered; the others are `unanswered`. */
export interface Report {
  readonly compared: number;
  readonly agreed: number;
  readonly repaired: readonly Finding[];
  readonly raised: readonly (Finding & { readonly kind: string })[];
  /** A store was down, or an act failed: no difference, and looked at again next time. */
  readonly unanswered: readonly Finding[];
}

export const NOTHING_COMPARED: Report = { compared: 0, agreed: 0, repaired: [], raised: [], unanswered: [] };

/** A pair of which each side is read for itself. */
export const pair = <Ours, Theirs>(key: string, ours: () => Promise<Ours>, theirs: () => Promise<Theirs>, compare: (ours: Ours, theirs: Theirs) => Verdict): Pair => ({
  key,
  judge: async () => compare(...(await Promise.all([ours(), theirs()]))),
});

/** Compares the pairs, at most `concurrency` at a time, and does what each verdict asks for. Never rejects. */
export async function reconcile(pairs: Iterable<Pair>, concurrency: number): Promise<Report> {
  const iterator = pairs[Symbol.iterator]();
  const reports: Report[] = [];
  const work = async (): Promise<void> => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) reports.push(await reconcileOne(next.value));
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return merged(reports);
}

export const merged = (reports: readonly Report[]): Report => ({
  compared: reports.reduce((sum, { compared }) => sum + compared, 0),
  agreed: reports.reduce((sum, { agreed }) => sum + agreed, 0),
  repaired: reports.flatMap(({ repaired }) => repaired),
  raised: reports.flatMap(({ raised }) => raised),
  unanswered: reports.flatMap(({ unanswered }) => unanswered),
});

async function reconcileOne({ key, judge }: Pair): Promise<Report> {
  try {
    const verdict = await judge();
    if (verdict === 'agreed') return { ...NOTHING_COMPARED, compared: 1, agreed: 1 };
    await verdict.act?.();
    if ('repair' in verdict) return { ...NOTHING_COMPARED, compared: 1, repaired: [{ key, what: verdict.repair }] };
    return { ...NOTHING_COMPARED, compared: 1, raised: [{ key, what: verdict.raise, kind: verdict.kind }] };
  } catch (error) {
    return { ...NOTHING_COMPARED, unanswered: [{ key, what: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }] };
  }
}
