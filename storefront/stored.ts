import { useEffect, useState } from 'preact/hooks';

/** A value that outlives the page: read with `parse`, which makes the best of whatever it finds. */
export interface Stored<T> {
  read(): T;
  write(value: T): void;
  /** Leaves nothing behind. */
  forget(): void;
  /** The value and its setter; other components and other tabs see a change at once. */
  use(): [T, (value: T) => void];
}

/** On the window when the browser keeps nothing, or has no room. */
export const UNSAVED = 'shop:unsaved';

export function stored<T>(storage: () => Storage, key: string, parse: (value: unknown) => T): Stored<T> {
  const changed = `shop:stored:${key}`;
  // Storage may be refused altogether; the value then lives as long as the page.
  let unsaved: T | undefined;

  const read = (): T => {
    if (unsaved !== undefined) return unsaved;
    try {
      return parse(JSON.parse(storage().getItem(key) ?? 'null'));
    } catch {
      return parse(null);
    }
  };
  const write = (value: T): void => {
    try {
      storage().setItem(key, JSON.stringify(value));
      unsaved = undefined;
    } catch {
      unsaved = value;
      dispatchEvent(new Event(UNSAVED));
    }
    dispatchEvent(new Event(changed));
  };
  const forget = (): void => {
    unsaved = undefined;
    try {
      storage().removeItem(key);
    } catch {
      // It could not be written either.
    }
    dispatchEvent(new Event(changed));
  };
  const use = (): [T, (value: T) => void] => {
    const [value, setValue] = useState(read);
    useEffect(() => {
      const update = () => setValue(read());
      const elsewhere = (event: StorageEvent) => event.key === key && update();
      update();
      addEventListener(changed, update);
      addEventListener('storage', elsewhere);
      return () => {
        removeEventListener(changed, update);
        removeEventListener('storage', elsewhere);
      };
    }, []);
    return [value, write];
  };
  return { read, write, forget, use };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
