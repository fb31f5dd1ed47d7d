import { useEffect, useState } from 'preact/hooks';

export interface Colours {
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  readonly surface: string;
  /** Told apart by those who see no red or green as well (Okabe and Ito's, darkened or lightened for the ground). */
  readonly series: readonly string[];
}

const LIGHT = ['#1a6350', '#c9650c', '#2f6fb5', '#a23b72', '#8a6d00', '#5b4b9a', '#4f8f2f', '#6b7280'];
const DARK = ['#6cc7ab', '#f0a35e', '#83b8f3', '#e38bb8', '#e5cc5a', '#b3a4f0', '#a5d67f', '#a8b0ae'];
const DARKNESS = '(prefers-color-scheme: dark)';

function colours(): Colours {
  const styles = getComputedStyle(document.documentElement);
  const of = (name: string): string => styles.getPropertyValue(`--${name}`).trim();
  return { ink: of('ink'), faint: of('faint'), line: of('line'), surface: of('surface'), series: matchMedia(DARKNESS).matches ? DARK : LIGHT };
}

/** The page's colours as they are now: they change with the reader's choice of light or dark. */
export function useColours(): Colours {
  const [now, setNow] = useState(colours);
  useEffect(() => {
    const query = matchMedia(DARKNESS);
    const changed = (): void => setNow(colours());
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  return now;
}
