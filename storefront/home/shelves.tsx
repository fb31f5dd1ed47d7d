import type { Problem } from '../../contracts/problem';
import type { Category } from '../../contracts/product';
import { Again, ProblemWords } from '../parts';
import { useLanguage } from '../words/language';
import { Shelf } from './shelf';
import { useShelves } from './useShelves';

/** How many shelves a page that was just opened can show. */
const FIRST = 2;

/** A shelf of each category, and one word for all of those that cannot be filled. */
export function Shelves({ categories }: { categories: readonly Category[] }) {
  const { filled, problem, busy, want, again } = useShelves();
  return (
    <>
      {categories.map((category, place) => (
        <Shelf
          key={category.name}
          category={category}
          products={filled.get(category.name)?.products}
          hidden={problem !== undefined && !filled.has(category.name)}
          first={place < FIRST}
          want={want}
        />
      ))}
      {problem && <ShelvesAway problem={problem} busy={busy} again={again} />}
    </>
  );
}

/** In the place of the shelves, or of those that are missing. */
export function ShelvesAway({ problem, busy, again }: { problem: Problem; busy?: boolean; again: () => void }) {
  const { home } = useLanguage().words;
  return (
    <section class="note bad shelves-away" role="alert">
      <h2>{home.shelvesAway}</h2>
      <ProblemWords problem={problem} />
      <p>{home.shelvesComeBack}</p>
      <Again busy={busy} press={again} />
    </section>
  );
}
