import { type Refuser, useConsent } from './useConsent';

const words: Record<NonNullable<Refuser> | 'nobody', string> = {
  nobody: 'We record what is looked at here, to show more of the like.',
  visitor: 'Nothing of your visit is recorded: you asked us not to.',
  browser: 'Your browser asks not to be followed, so nothing of your visit is recorded.',
};

/** At the foot of every page: whether visits are recorded, and where to change that. Nobody is asked, and nothing is in the way. */
export function Recording() {
  const { refusedBy } = useConsent();
  return (
    <p>
      {words[refusedBy ?? 'nobody']} <a href="/account">{refusedBy === 'browser' ? 'More about it' : 'Change that'}</a>
    </p>
  );
}
