/** What a browser says of its owner's wish not to be followed. */
export interface PrivacyWish {
  readonly doNotTrack?: string | null;
  /** https://w3c.github.io/gpc/ */
  readonly globalPrivacyControl?: boolean;
}

/** Whether what this browser's owner does may be recorded at all. Old browsers said `yes` where newer ones say `1`. */
export function mayRecord({ doNotTrack, globalPrivacyControl }: PrivacyWish): boolean {
  return doNotTrack !== '1' && doNotTrack !== 'yes' && globalPrivacyControl !== true;
}
