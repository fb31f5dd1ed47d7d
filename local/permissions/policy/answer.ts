/** What cannot be said, and why: never taken for a yes, and never for a no. */
export class Unevaluated {
  readonly because: string;

  constructor(because: string) {
    this.because = because;
  }
}

export type Answer = boolean | Unevaluated;

/** Yes when all are; a single no decides, whatever cannot be said of the others. Later questions are not asked after a no. */
export function all<T>(items: Iterable<T>, ask: (item: T) => Answer): Answer {
  let open: Unevaluated | undefined;
  for (const item of items) {
    const answer = ask(item);
    if (answer === false) return false;
    if (answer instanceof Unevaluated) open ??= answer;
  }
  return open ?? true;
}

/** Yes when one is, whatever cannot be said of the others. */
export function any<T>(items: Iterable<T>, ask: (item: T) => Answer): Answer {
  return not(all(items, (item) => not(ask(item))));
}

export const not = (answer: Answer): Answer => (answer instanceof Unevaluated ? answer : !answer);
