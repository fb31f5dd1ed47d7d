import { useState } from 'preact/hooks';
import { CategoryLinks, useCategories } from '../catalogue';
import { seen } from '../seen';
import type { Session } from '../session';
import { useTitle } from '../title';
import { Wait } from '../wait';
import { useLanguage } from '../words/language';
import { RecentlySeen } from './recentlySeen';
import { RecommendedRows } from './recommendedRows';
import { Shelves, ShelvesAway } from './shelves';

/** Where the shop begins: for whoever looks, popular, recently seen, and a shelf of each category. */
export function Home({ session }: { session: Session }) {
  const { words } = useLanguage();
  const categories = useCategories();
  // The front page is the shop itself.
  useTitle('');
  // As it was when the page was opened: what is forgotten meanwhile moves nothing.
  const [elsewhere] = useState(() => seen.read().map(({ productId }) => productId));
  return (
    <>
      <h1>{words.catalogue.title}</h1>
      {!categories.problem && <CategoryLinks from={categories} chosen={undefined} />}
      <RecommendedRows session={session} elsewhere={elsewhere} settled={categories.data !== undefined || categories.problem !== undefined}>
        {(wait) => (
          <>
            {wait && <Wait />}
            {/* What is waited with is loaded all the same. */}
            <div hidden={wait}>
              <RecentlySeen />
              {categories.data && <Shelves categories={categories.data.categories} />}
              {categories.problem && <ShelvesAway problem={categories.problem} again={categories.reload} />}
            </div>
          </>
        )}
      </RecommendedRows>
    </>
  );
}
