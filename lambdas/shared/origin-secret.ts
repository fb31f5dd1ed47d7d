import { createHash, timingSafeEqual } from 'node:crypto';
import { AcceptedSecret } from './accepted-secret';
import type { ReadSecret } from './accepted-secret';

/**
 * What CloudFront proves itself with. A rotation (lambdas/edge/origin-rotation.ts) reaches CloudFront's places one after
 * the other, so for some minutes two versions are right.
 */
export class OriginSecret {
  readonly #secret: AcceptedSecret;

  constructor(readSecret: ReadSecret, now: () => number = Date.now) {
    this.#secret = new AcceptedSecret(readSecret, now);
  }

  /** Whether `given` is one of the accepted versions, each compared in constant time. */
  async accepts(given: string | undefined): Promise<boolean> {
    if (!given) return false;
    return (await this.#secret.find((secret) => timingSafeEqual(digest(given), digest(secret)) || undefined)) ?? false;
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
