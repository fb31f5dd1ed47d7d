import { useLanguage } from '../words/language';
import { useConsent } from './useConsent';

/** What is recorded of visits, and the choice. */
export function Consent() {
  const { account } = useLanguage().words;
  const { refusedBy, choose } = useConsent();
  return (
    <section aria-labelledby="consent">
      <h2 id="consent">{account.recording}</h2>
      <p>{account.recordingMeans}</p>
      {refusedBy === 'browser' ? (
        <p>{account.browserRefuses}</p>
      ) : (
        <>
          <label class="choice">
            <input type="checkbox" checked={refusedBy === undefined} onChange={({ currentTarget }) => choose(currentTarget.checked)} />
            {account.youMayRecord}
          </label>
          <p role="status" class="faint">
            {refusedBy === undefined ? account.choiceIsKept : account.nothingRecorded}
          </p>
        </>
      )}
    </section>
  );
}
