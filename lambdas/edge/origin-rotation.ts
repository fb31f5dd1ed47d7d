import { randomBytes } from 'node:crypto';
import { REREAD_AFTER_MS } from '../shared/accepted-secret';

/** The secret's versions at Secrets Manager; a rotation's token is the id of the version that it makes. */
export interface SecretVersions {
  /** @returns nothing while the version has no value */
  value(version: { readonly id: string } | 'AWSCURRENT'): Promise<string | undefined>;
  /** As AWSPENDING, which the functions behind the API accept from then on. */
  addPending(id: string, text: string): Promise<void>;
  idOfCurrent(): Promise<string | undefined>;
  /** What was current until then becomes AWSPREVIOUS. */
  makeCurrent(id: string, instead: string | undefined): Promise<void>;
}

/** CloudFront, which sends the secret to the API. */
export interface Sender {
  send(text: string): Promise<void>;
  /** Whether that is what it sends, in all its places. */
  sends(text: string): Promise<boolean>;
}

export interface Rotation {
  readonly versions: SecretVersions;
  readonly sender: Sender;
  /** Whether the API, past CloudFront, lets somebody in who shows this. */
  readonly isAccepted: (text: string) => Promise<boolean>;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds that are left for the step. */
  readonly remaining: () => number;
}

const LOOK_AGAIN_MS = 5_000;

/**
 * The four steps of a rotation, as Secrets Manager asks for them, each of which may be repeated. First the API accepts
 * the new value, then CloudFront sends it, then it becomes the current one: at no time is a request refused.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
export const STEPS = {
  createSecret: async ({ versions }: Rotation, token: string): Promise<void> => {
    if ((await versions.value({ id: token })) === undefined) await versions.addPending(token, randomBytes(30).toString('base64url'));
  },

  setSecret: async (rotation: Rotation, token: string): Promise<void> => {
    const text = await pending(rotation, token);
    // Whoever has read just before the new version came does not look again earlier.
    await rotation.sleep(REREAD_AFTER_MS);
    await until(rotation, 'The API does not accept the new secret', () => rotation.isAccepted(text));
    await rotation.sender.send(text);
  },

  testSecret: async (rotation: Rotation, token: string): Promise<void> => {
    // A trial run, when the schedule is made, may come without a new value.
    const text = (await rotation.versions.value({ id: token })) ?? (await rotation.versions.value('AWSCURRENT')) ?? '';
    await until(rotation, 'CloudFront does not send the secret everywhere yet', () => rotation.sender.sends(text));
    await until(rotation, 'The API does not accept the secret', () => rotation.isAccepted(text));
  },

  finishSecret: async (rotation: Rotation, token: string): Promise<void> => {
    await pending(rotation, token);
    const current = await rotation.versions.idOfCurrent();
    if (current !== token) await rotation.versions.makeCurrent(token, current);
  },
} as const satisfies Record<string, (rotation: Rotation, token: string) => Promise<void>>;

async function pending({ versions }: Rotation, token: string): Promise<string> {
  const text = await versions.value({ id: token });
  if (text === undefined) throw new Error(`The version ${token} has no value`);
  return text;
}

/** @throws Error when the step's time runs out; Secrets Manager then repeats the rotation */
async function until({ sleep, remaining }: Rotation, otherwise: string, isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    if (remaining() < 3 * LOOK_AGAIN_MS) throw new Error(otherwise);
    await sleep(LOOK_AGAIN_MS);
  }
}
