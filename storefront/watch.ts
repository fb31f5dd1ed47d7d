/** What `watch` has to know of a browser tab. */
export type Tab = Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;

export interface Watch {
  /** Looks at once, also when the watching was over. */
  now(): void;
  stop(): void;
}

/**
 * Looks now, and again after as many milliseconds as `look` answers each time; `undefined` ends it. While nobody sees
 * the tab it does not look; once somebody does, it looks at once.
 */
export function watch(look: () => Promise<number | undefined>, tab: Tab = document): Watch {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = true;
  let looking = false;
  let stopped = false;

  const rest = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const run = async (): Promise<void> => {
    if (!due || looking || stopped || tab.hidden) return;
    due = false;
    looking = true;
    rest();
    const pause = await look().finally(() => (looking = false));
    if (due) void run();
    else if (pause !== undefined && !stopped) timer = setTimeout(now, pause);
  };
  const now = () => {
    due = true;
    void run();
  };
  const wake = () => {
    if (timer !== undefined) {
      rest();
      due = true;
    }
    void run();
  };
  tab.addEventListener('visibilitychange', wake);
  now();
  return {
    now,
    stop: () => {
      stopped = true;
      rest();
      tab.removeEventListener('visibilitychange', wake);
    },
  };
}
