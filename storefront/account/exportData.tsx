import { useState } from 'preact/hooks';
import type { Problem } from '../../contracts/problem';
import { problemOf, RetryNote } from '../parts';
import type { Customer, Session } from '../session';
import { useLanguage } from '../words/language';
import { gather, type OwnData } from './ownData';

type State = 'idle' | 'done' | { readonly orders: number };

/** A copy of one's own data, as a file. */
export function ExportData({ session, customer }: { session: Session; customer: Customer }) {
  const { account } = useLanguage().words;
  const [state, setState] = useState<State>('idle');
  const [problem, setProblem] = useState<Problem>();
  const busy = typeof state === 'object';
  const take = async (): Promise<void> => {
    setProblem(undefined);
    setState({ orders: 0 });
    try {
      save(await gather(session, customer, (orders) => setState({ orders })));
      setState('done');
    } catch (error) {
      setState('idle');
      setProblem(problemOf(error));
    }
  };
  return (
    <section aria-labelledby="data">
      <h2 id="data">{account.data}</h2>
      <p>{account.dataMeans}</p>
      {problem && <RetryNote problem={problem} session={session} again={() => void take()} />}
      <button type="button" disabled={busy} onClick={() => void take()}>
        {account.download}
      </button>
      <p role="status" class="faint">
        {typeof state === 'object' ? account.gathering(state.orders) : state === 'done' ? account.downloaded : ''}
      </p>
    </section>
  );
}

function save(data: OwnData): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `market-hall-${data.gatheredAt.slice(0, 10)}.json`;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
