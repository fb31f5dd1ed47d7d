/** Answers from memory what was asked within `forMs`, and asks once for all who wait. A failure is not remembered. */
export function remembered<Key, T>(forMs: number, ask: (key: Key) => Promise<T>, now: () => number = Date.now): (key: Key) => Promise<T> {
  const kept = new Map<string, { answer: Promise<T>; until: number }>();
  return (key) => {
    for (const [name, { until }] of kept) if (until <= now()) kept.delete(name);
    const name = JSON.stringify(key);
    const known = kept.get(name);
    if (known) return known.answer;
    const answer = ask(key);
    kept.set(name, { answer, until: now() + forMs });
    answer.catch(() => kept.delete(name));
    return answer;
  };
}
