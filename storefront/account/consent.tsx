import { accountWords } from './accountWords';
import { useConsent } from './useConsent';

/** What is recorded of visits, and the choice. */
export function Consent() {
  const { refusedBy, choose } = useConsent();
  return (
    <section aria-labelledby="consent">
      <h2 id="consent">{accountWords.recording}</h2>
      <p>{accountWords.recordingMeans}</p>
      {refusedBy === 'browser' ? (
        <p>{accountWords.browserRefuses}</p>
      ) : (
        <>
          <label class="choice">
            <input type="checkbox" checked={refusedBy === undefined} onChange={({ currentTarget }) => choose(currentTarget.checked)} />
            {accountWords.youMayRecord}
          </label>
          <p role="status" class="faint">
            {refusedBy === undefined ? accountWords.choiceIsKept : accountWords.nothingRecorded}
          </p>
        </>
      )}
    </section>
  );
}
