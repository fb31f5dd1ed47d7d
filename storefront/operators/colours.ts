import { useEffect, useState } from 'preact/hooks';

export type Colours = Readonly<Record<'ink' | 'faint' | 'line' | 'surface' | 'accent' | 'focus' | 'good', string>>;

function colours(): Colours {
  const styles = getComputedStyle(document.documentElement);
  const of = (name: keyof Colours) => styles.getPropertyValue(`--${name}`).trim();
  return { ink: of('ink'), faint: of('faint'), line: of('line'), surface: of('surface'), accent: of('accent'), focus: of('focus'), good: of('good') };
}

/** The page's colours as they are now: a canvas does not follow the reader's choice of light or dark by itself. */
export function useColours(): Colours {
  const [now, setNow] = useState(colours);
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const changed = () => setNow(colours());
    dark.addEventListener('change', changed);
    return () => dark.removeEventListener('change', changed);
  }, []);
  return now;
}
