import { useConsent } from './useConsent';

/** What is recorded of visits, and the choice. */
export function Consent() {
  const { refusedBy, choose } = useConsent();
  return (
    <section aria-labelledby="consent">
      <h2 id="consent">What we record of your visits</h2>
      <p>
        Which products you look at, put into your basket and buy, and what you search for. It tells us what is popular and what to show you, under a
        number that this browser has drawn, and under your account while you are signed in.
      </p>
      {refusedBy === 'browser' ? (
        <p>
          Your browser asks not to be followed (Do Not Track or Global Privacy Control). Nothing is recorded, whatever is chosen here.
        </p>
      ) : (
        <>
          <label class="choice">
            <input type="checkbox" checked={refusedBy === undefined} onChange={({ currentTarget }) => choose(currentTarget.checked)} />
            You may record my visits in this browser
          </label>
          <p role="status" class="faint">
            {refusedBy === undefined
              ? 'The choice is kept in this browser.'
              : 'Nothing is recorded any more. What waited to be sent, your number and what you have recently seen are removed from this browser.'}
          </p>
        </>
      )}
    </section>
  );
}
