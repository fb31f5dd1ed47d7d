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

/** A link that somebody cut short must not break the page. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
