import { useLanguage } from '../words/language';
import { useConsent } from './useConsent';

const names = { nobody: 'recorded', visitor: 'recordedByNobody', browser: 'browserRefused' } as const;

/** At the foot of every page: whether visits are recorded, and where to change that. Nobody is asked, and nothing is in the way. */
export function Recording() {
  const { account } = useLanguage().words;
  const { refusedBy } = useConsent();
  return (
    <p>
      {account[names[refusedBy ?? 'nobody']]} <a href="/account">{refusedBy === 'browser' ? account.moreAboutIt : account.changeThat}</a>
    </p>
  );
}
