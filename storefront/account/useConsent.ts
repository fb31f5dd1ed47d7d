import { useEffect, useState } from 'preact/hooks';
import { choose, hasRefused, onChoice } from '../clicks/consent';
import { mayRecord } from '../clicks/privacy';

/** Who has said that nothing may be recorded, if anybody has. */
export type Refuser = 'browser' | 'visitor' | undefined;

const refuser = (): Refuser => (!mayRecord(navigator) ? 'browser' : hasRefused() ? 'visitor' : undefined);

export function useConsent(): { readonly refusedBy: Refuser; readonly choose: (follow: boolean) => void } {
  const [refusedBy, setRefusedBy] = useState(refuser);
  useEffect(() => {
    const look = (): void => setRefusedBy(refuser());
    look();
    return onChoice(look);
  }, []);
  return { refusedBy, choose: (follow) => choose(follow) };
}
