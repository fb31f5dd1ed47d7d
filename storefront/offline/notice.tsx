import { useEffect, useState } from 'preact/hooks';
import { whenWorthwhile } from '../again';
import { UNSAVED } from '../stored';
import { useLanguage } from '../words/language';
import { heard, lookForConnection, NOT_NOW, type NotNow, useOffline } from './connection';

/** How often it is tried whether the connection is back where the browser does not say, in milliseconds. */
const PAUSE = 10_000;

/** Says that there is no connection, what that keeps from going, and that nothing can be stored; each for as long as it is so. */
export function Notice() {
  const { offline: words } = useLanguage().words;
  const offline = useOffline();
  const [notNow, setNotNow] = useState<NotNow>();
  const [unsaved, setUnsaved] = useState(false);
  useEffect(() => {
    const refuse = (event: Event) => setNotNow(heard(event));
    const unsaved = () => setUnsaved(true);
    addEventListener(NOT_NOW, refuse);
    addEventListener(UNSAVED, unsaved);
    return () => {
      removeEventListener(NOT_NOW, refuse);
      removeEventListener(UNSAVED, unsaved);
    };
  }, []);
  useEffect(() => {
    setNotNow(undefined);
    if (!offline) return;
    let stop = () => {};
    const look = () => {
      stop = whenWorthwhile(() => void lookForConnection().then((there) => !there && look()), PAUSE);
    };
    look();
    return () => stop();
  }, [offline]);
  return (
    <div class="notice" role="status">
      {offline && <p>{words.notice}</p>}
      {notNow && <p>{words.notNow[notNow]}</p>}
      {unsaved && <p>{words.unsaved}</p>}
    </div>
  );
}
