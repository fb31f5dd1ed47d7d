import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Session } from '../session';

export interface NumbersProps {
  session: Session;
  query: URLSearchParams;
}

/** The operators' page, loaded once it is opened: shoppers pay nothing for it. */
export function Numbers(props: NumbersProps) {
  const [{ Page, failed }, setLoaded] = useState<{ Page?: ComponentType<NumbersProps>; failed?: true }>({});
  useEffect(() => {
    import('./numbersPage').then(
      ({ NumbersPage }) => setLoaded({ Page: NumbersPage }),
      () => setLoaded({ failed: true }),
    );
  }, []);
  if (Page) return <Page {...props} />;
  if (!failed) {
    return (
      <p class="faint" role="status">
        Loading …
      </p>
    );
  }
  // A release takes the files of the one before away: a page that was open then has to be loaded anew.
  return (
    <div class="note bad" role="alert">
      <p>This page cannot be opened just now.</p>
      <button type="button" onClick={() => location.reload()}>
        Load it again
      </button>
    </div>
  );
}
