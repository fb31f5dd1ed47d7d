import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { FindOrdersProps } from './orders/findOrdersPage';
import type { OperatorOrderProps } from './orders/operatorOrderPage';
import type { NumbersProps } from './numbersPage';

// Each by itself: whoever looks for an order pays nothing for the charts.
export const Numbers = loadedWhenOpened<NumbersProps>(() => import('./numbersPage').then(({ NumbersPage }) => NumbersPage));
export const FindOrders = loadedWhenOpened<FindOrdersProps>(() => import('./orders/findOrdersPage').then(({ FindOrdersPage }) => FindOrdersPage));
export const OperatorOrder = loadedWhenOpened<OperatorOrderProps>(() => import('./orders/operatorOrderPage').then(({ OperatorOrderPage }) => OperatorOrderPage));

/** An operators' page, loaded once it is opened: shoppers pay nothing for it. */
function loadedWhenOpened<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  return function OperatorsPage(props: Props) {
    const [{ Page, failed }, setLoaded] = useState<{ Page?: ComponentType<Props>; failed?: true }>({});
    useEffect(() => {
      load().then(
        (Page) => setLoaded({ Page }),
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
      <>
        <h1>Operators</h1>
        <div class="note bad" role="alert">
          <p>This page cannot be opened just now.</p>
          <button type="button" onClick={() => location.reload()}>
            Load it again
          </button>
        </div>
      </>
    );
  };
}
