import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { mayFollow } from '../clicks/consent';
import { Picture } from '../parts';
import { seen } from '../seen';
import { ENGLISH_DATA, useLanguage } from '../words/language';

/** What was looked at in this browser, with the way to forget it. */
export function RecentlySeen() {
  const { home } = useLanguage().words;
  const title = useId();
  const [products] = seen.use();
  const [forgotten, setForgotten] = useState(false);
  const said = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone: whoever goes by keyboard stays where it was.
  useEffect(() => {
    if (forgotten) said.current?.focus();
  }, [forgotten]);
  if (forgotten) {
    return (
      <p ref={said} class="forgotten faint" role="status" tabIndex={-1}>
        {home.forgotten}
      </p>
    );
  }
  if (products.length === 0 || !mayFollow()) return null;
  return (
    <section class="recommended" aria-labelledby={title}>
      <div class="row-head">
        <h2 id={title}>{home.recentlySeen}</h2>
        <button
          type="button"
          onClick={() => {
            seen.forget();
            setForgotten(true);
          }}
        >
          {home.forgetThese}
        </button>
      </div>
      <ul>
        {products.map(({ productId, name, image }) => (
          <li key={productId}>
            <a href={`/products/${productId}`}>
              <Picture src={image} width={240} />
              <strong lang={ENGLISH_DATA}>{name}</strong>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
