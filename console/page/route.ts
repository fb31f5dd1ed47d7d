import { useEffect, useState } from 'preact/hooks';

/** `#/runs/<pipeline>/<executionId>` is `['runs', pipeline, executionId]`. */
export function useRoute(): string[] {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = () => {
      setHash(location.hash);
      scrollTo(0, 0);
    };
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decoded);
}

/** `` href`runs/${pipeline}` ``: an address within the page, each value encoded. */
export function href(strings: TemplateStringsArray, ...values: string[]): string {
  return `#/${String.raw({ raw: strings }, ...values.map((value) => encodeURIComponent(value)))}`;
}

export interface Crumb {
  name: string;
  address: string;
}

/** The pages above an address, from the first one on, and the page itself as the last. */
export function wayTo([view, ...rest]: readonly string[]): Crumb[] {
  const [first, second, third, fourth, ...log] = rest;
  const way: Crumb[] = [{ name: 'Pipelines', address: '#/' }];
  if (view === undefined) return way;
  if (view !== 'runs' || first === undefined) return [...way, { name: view === 'parts' && first ? first : 'Not found', address: '' }];
  way.push({ name: first, address: href`runs/${first}` });
  if (second) way.push({ name: `Run ${second.slice(0, 8)}`, address: href`runs/${first}/${second}` });
  if (second && third && fourth) way.push({ name: `${third} / ${fourth}`, address: href`runs/${first}/${second}/${third}/${fourth}` });
  if (log.length > 1) way.push({ name: 'Log', address: '' });
  return way;
}

/** A link that somebody cut short must not break the page. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
