import { accountWords } from './accountWords';
import { type Refuser, useConsent } from './useConsent';

const words: Record<NonNullable<Refuser> | 'nobody', string> = {
  nobody: accountWords.recorded,
  visitor: accountWords.recordedByNobody,
  browser: accountWords.browserRefused,
};

/** At the foot of every page: whether visits are recorded, and where to change that. Nobody is asked, and nothing is in the way. */
export function Recording() {
  const { refusedBy } = useConsent();
  return (
    <p>
      {words[refusedBy ?? 'nobody']} <a href="/account">{refusedBy === 'browser' ? accountWords.moreAboutIt : accountWords.changeThat}</a>
    </p>
  );
}
