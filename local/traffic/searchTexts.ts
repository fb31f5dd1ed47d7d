import type { Random } from './random';

/** Words that no shop of household goods has: a search without results is something to see as well. */
const NOT_SOLD = ['unicorn saddle', 'snow tyres', 'usb cable', 'left-handed hammer'];
const SEARCHES_FOR_WHAT_IS_NOT_SOLD = 0.06;
const MISTYPES = 0.2;
/** Shorter words are typed right, or are no longer recognised. */
const SHORTEST_MISTYPED = 4;

/** What somebody types who has a product in mind, of whose name they remember a word or two: `stonware mug`. */
export function searchTextFor(productName: string, random: Random): string {
  if (random.chance(SEARCHES_FOR_WHAT_IS_NOT_SOLD)) return random.pick(NOT_SOLD) ?? '';
  const words = productName.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
  const from = random.whole(Math.max(1, words.length - 1));
  const remembered = words.slice(from, from + 1 + random.whole(2));
  return remembered.map((word) => (word.length >= SHORTEST_MISTYPED && random.chance(MISTYPES) ? mistyped(word, random) : word)).join(' ');
}

/** A letter lost, doubled or swapped with its neighbour; never the first one, which people get right. */
function mistyped(word: string, random: Random): string {
  const at = 1 + random.whole(word.length - 2);
  const [before, letter, next, after] = [word.slice(0, at), word.charAt(at), word.charAt(at + 1), word.slice(at + 2)];
  return random.pick([`${before}${next}${after}`, `${before}${letter}${letter}${next}${after}`, `${before}${next}${letter}${after}`]) ?? word;
}
