import { useEffect, useState } from 'preact/hooks';
import { useLanguage } from './words/language';

/** Whoever has waited for so long wants to hear that something still happens, in milliseconds. */
const LONG = 4_000;

/** What is shown until an answer comes; of one that takes long it says so. */
export function Wait({ words }: { words?: string }) {
  const { shop, offline } = useLanguage().words;
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p class="faint" role="status">
      {words ?? shop.loading}
      {long && ` ${offline.takesLong}`}
    </p>
  );
}
