import type { SuggestionList } from '../../contracts/search';

export type Suggestion = SuggestionList['suggestions'][number];

export interface Suggester {
  typed(text: string): void;
  /** Whatever is still on its way is no longer wanted. */
  stop(): void;
}

const PAUSE = 150;

/**
 * Asks for suggestions once the typing pauses. Only the answer to what was typed last is shown, in whatever order
 * answers come; without one there are none, since nobody waits for suggestions.
 */
export function suggester(ask: (text: string) => Promise<SuggestionList>, show: (suggestions: readonly Suggestion[]) => void): Suggester {
  let latest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    latest++;
    clearTimeout(timer);
  };
  return {
    stop,
    typed: (text) => {
      stop();
      if (!text) return show([]);
      const mine = latest;
      timer = setTimeout(() => {
        const answered = (suggestions: readonly Suggestion[]) => mine === latest && show(suggestions);
        ask(text).then(
          ({ suggestions }) => answered(suggestions),
          () => answered([]),
        );
      }, PAUSE);
    },
  };
}
