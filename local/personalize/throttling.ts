import * as z from 'zod';
import { ServiceError } from '../aws/errors';

const Rules = z.record(z.string(), z.strictObject({ times: z.int().positive().optional() }));

/**
 * Which operations are refused for being asked too often, as told by `PUT /_local/throttled`: `{ "PutEvents": { "times": 3 } }`
 * refuses the next three, `{ "PutEvents": {} }` all until `{}`.
 */
export class Throttling {
  #left = new Map<string, number>();

  /** @returns the operations that are refused from now on */
  replace(rules: unknown): string[] {
    this.#left = new Map(Object.entries(Rules.parse(rules)).map(([operation, { times = Number.POSITIVE_INFINITY }]) => [operation, times]));
    return [...this.#left.keys()];
  }

  /** @throws ServiceError ThrottlingException */
  judge(operation: string): void {
    const left = this.#left.get(operation) ?? 0;
    if (left <= 0) return;
    this.#left.set(operation, left - 1);
    throw new ServiceError('ThrottlingException', 'Rate exceeded', 429);
  }
}
