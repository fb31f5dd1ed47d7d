import { createHash, timingSafeEqual } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

type Version = 'AWSCURRENT' | 'AWSPREVIOUS';
export type ReadSecret = (version: Version) => Promise<string | undefined>;

const FRESH_MS = 5 * 60_000;
const REREAD_AFTER_MS = 15_000;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const same = (given: string, secret: string | undefined): boolean => secret !== undefined && timingSafeEqual(digest(given), digest(secret));

/**
 * What CloudFront proves itself with. CloudFront keeps the value it was deployed with, so after a rotation the previous
 * version goes on being right until the next deployment, and a function that still holds the older one reads again.
 */
export class OriginSecret {
  #accepted: readonly (string | undefined)[] = [];
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(
    private readonly readSecret: ReadSecret,
    private readonly now: () => number = Date.now,
  ) {}

  /** Whether `given` is the current or the previous secret, compared in constant time. */
  async accepts(given: string | undefined): Promise<boolean> {
    if (!given) return false;
    const age = this.now() - this.#readAt;
    if (age < FRESH_MS && this.#matches(given)) return true;
    // A wrong secret must not buy its sender a call to Secrets Manager each time.
    if (age >= REREAD_AFTER_MS) await this.#read();
    return this.#matches(given);
  }

  #matches(given: string): boolean {
    return this.#accepted.map((secret) => same(given, secret)).includes(true);
  }

  /** One reading for all who wait. */
  async #read(): Promise<void> {
    this.#reading ??= this.#readBoth();
    try {
      await this.#reading;
    } finally {
      this.#reading = undefined;
    }
  }

  async #readBoth(): Promise<void> {
    try {
      this.#accepted = await Promise.all([this.readSecret('AWSCURRENT'), this.readSecret('AWSPREVIOUS')]);
    } catch (error) {
      // What is known already stays good while Secrets Manager does not answer.
      if (this.#accepted.length === 0) throw error;
    }
    this.#readAt = this.now();
  }
}

/** @param secretArn of a secret whose value is the header's value itself */
export function secretReader(secretArn: string, client = new SecretsManagerClient({ maxAttempts: 3 })): ReadSecret {
  return async (version) => {
    try {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn, VersionStage: version }));
      return SecretString;
    } catch (error) {
      // A secret that was never rotated has no previous version.
      if (version === 'AWSPREVIOUS' && error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  };
}
