import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** The current version, and while one takes the other's place also the next or the last. */
const VERSIONS = ['AWSCURRENT', 'AWSPENDING', 'AWSPREVIOUS'] as const;
type Version = (typeof VERSIONS)[number];
export type ReadSecret = (version: Version) => Promise<string | undefined>;

const FRESH_MS = 5 * 60_000;
/** So long after a reading a function may not know of a version that is new. */
export const REREAD_AFTER_MS = 15_000;

/** A secret that somebody else proves to know. Where none of its versions fits, it is read again: it may be a new one. */
export class AcceptedSecret {
  #accepted: readonly string[] = [];
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(
    private readonly readSecret: ReadSecret,
    private readonly now: () => number = Date.now,
  ) {}

  /** @returns what `fit` makes of the first version that it makes something of */
  async find<T>(fit: (secret: string) => T | undefined | Promise<T | undefined>): Promise<T | undefined> {
    const age = this.now() - this.#readAt;
    const found = age < FRESH_MS ? await this.#first(fit) : undefined;
    // A wrong secret must not buy its sender a call to Secrets Manager each time.
    if (found !== undefined || age < REREAD_AFTER_MS) return found;
    await this.#read();
    return this.#first(fit);
  }

  async #first<T>(fit: (secret: string) => T | undefined | Promise<T | undefined>): Promise<T | undefined> {
    for (const secret of this.#accepted) {
      // oxlint-disable-next-line no-await-in-loop
      const found = await fit(secret);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** One reading for all who wait. */
  async #read(): Promise<void> {
    this.#reading ??= this.#readAll();
    try {
      await this.#reading;
    } finally {
      this.#reading = undefined;
    }
  }

  async #readAll(): Promise<void> {
    try {
      const versions = await Promise.all(VERSIONS.map((version) => this.readSecret(version)));
      this.#accepted = [...new Set(versions.flatMap((secret) => secret || []))];
    } catch (error) {
      // What is known already stays good while Secrets Manager does not answer.
      if (this.#accepted.length === 0) throw error;
    }
    this.#readAt = this.now();
  }
}

/** @param secretArn of a secret whose whole text is what is meant */
export function secretReader(secretArn: string, client = new SecretsManagerClient({ maxAttempts: 3 })): ReadSecret {
  return async (version) => {
    try {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn, VersionStage: version }));
      return SecretString;
    } catch (error) {
      // A secret that was never rotated has no other version, and one that is about to be has one without a value.
      if (version !== 'AWSCURRENT' && error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  };
}
