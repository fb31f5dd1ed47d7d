import * as fc from 'fast-check';
import type { FaultRule } from '../../../local/sandbox/faults';
import { eventually } from '../../support/eventually';
import type { DevEnvironment } from '../devEnvironment';
import { every, FUNCTION_KILL_MS, killFunction, killPart, PART_KILL_MS } from '../killing';

type Sandbox = 'payment' | 'carrier';
const SANDBOXES: readonly Sandbox[] = ['payment', 'carrier'];

const requestFault = fc.constantFrom('slow', 'slow', 'throttle', 'server-error', 'server-error-after-work', 'timeout-before-work', 'timeout-after-work', 'down');
const requestRule = (path: fc.Arbitrary<string>): fc.Arbitrary<FaultRule> =>
  fc.record({ match: fc.record({ path, times: fc.integer({ min: 1, max: 4 }) }), fault: requestFault, milliseconds: fc.integer({ min: 50, max: 3_000 }) });
const webhookRule: fc.Arbitrary<FaultRule> = fc.record({
  match: fc.record({ times: fc.integer({ min: 1, max: 6 }) }),
  fault: fc.constantFrom('duplicate-webhook', 'reorder-webhooks'),
  milliseconds: fc.integer({ min: 500, max: 5_000 }),
});
const PATHS: Readonly<Record<Sandbox, fc.Arbitrary<string>>> = {
  payment: fc.constantFrom('/v1/payment_intents', '/v1/payment_intents/*', '/v1/payment_intents/*/confirm', '/v1/payment_intents/*/capture', '/v1/payment_intents/*/cancel', '/v1/refunds'),
  carrier: fc.constant('/v1/shipments/*'),
};
const wholeFault: fc.Arbitrary<FaultRule[]> = fc.record({ match: fc.constant({}), fault: fc.constantFrom('down', 'slow'), milliseconds: fc.integer({ min: 500, max: 2_000 }) }).map((rule) => [rule]);
/** What is wrong at a sandbox for a while: mostly some requests, now and then all of them, or nothing. */
const weather = (sandbox: Sandbox): fc.Arbitrary<FaultRule[]> =>
  fc.oneof(
    { weight: 7, arbitrary: fc.tuple(fc.array(requestRule(PATHS[sandbox]), { minLength: 1, maxLength: 4 }), fc.array(webhookRule, { maxLength: 1 })).map(([requests, webhooks]): FaultRule[] => [...requests, ...webhooks]) },
    { weight: 1, arbitrary: wholeFault },
    { weight: 2, arbitrary: fc.constant<FaultRule[]>([]) },
  );

const WEATHER_MS = 2_000;

/** Faults at the payment provider and the carrier, both of them killed, and the processes of functions killed at their work. */
export class Troubles {
  /** How often each was brought about. */
  readonly counts = new Map<string, number>();
  readonly #dev: DevEnvironment;
  readonly #seed: number;
  readonly #over = new AbortController();
  #loops: readonly Promise<void>[] = [];

  constructor(dev: DevEnvironment, seed: number) {
    this.#dev = dev;
    this.#seed = seed;
  }

  begin(): void {
    const sandboxes = this.#drawn(fc.constantFrom(...SANDBOXES));
    const numbers = this.#drawn(fc.nat());
    this.#loops = [
      ...SANDBOXES.map((sandbox) => {
        const drawn = this.#drawn(weather(sandbox));
        return this.#every(WEATHER_MS, () => this.#setFaults(sandbox, drawn()));
      }),
      this.#every(PART_KILL_MS, () => this.#killSandbox(sandboxes())),
      this.#every(FUNCTION_KILL_MS, () => this.#killFunction(numbers())),
    ];
  }

  /** Resolves when everything works again. */
  async end(): Promise<void> {
    this.#over.abort();
    await Promise.all(this.#loops);
    for (const sandbox of SANDBOXES) await this.#setFaults(sandbox, []);
  }

  /** One after the other from the seed, from the first again once they are used up. */
  #drawn<T>(arbitrary: fc.Arbitrary<T>): () => T {
    const drawn = fc.sample(fc.noBias(arbitrary), { numRuns: 1_000, seed: this.#seed });
    let next = 0;
    return () => {
      const value = drawn[next++ % drawn.length];
      if (value === undefined) throw new Error('Nothing was drawn.');
      return value;
    };
  }

  #every(milliseconds: number, act: () => Promise<void> | void): Promise<void> {
    return every(milliseconds, this.#over.signal, act);
  }

  async #setFaults(sandbox: Sandbox, rules: readonly FaultRule[]): Promise<void> {
    await eventually(async () => (await fetch(`${this.#dev.sandboxes[sandbox]}/_sandbox/faults`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(rules) })).ok);
    for (const { fault } of rules) this.#count(`${sandbox}: ${fault}`);
  }

  #killSandbox(sandbox: Sandbox): void {
    if (killPart(this.#dev, sandbox)) this.#count(`${sandbox} killed`);
  }

  async #killFunction(number: number): Promise<void> {
    if (await killFunction(this.#dev, number)) this.#count('function killed');
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }
}
