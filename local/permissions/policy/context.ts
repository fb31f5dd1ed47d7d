import { Unevaluated } from './answer';

/**
 * Values of condition keys. `null`: the request is known to lack the key. A key that is not listed is one of which nobody knows.
 * A name that ends in a slash stands for all keys that begin so: `{ 'aws:PrincipalTag/': null }` says that there are no tags but those listed.
 */
export type ContextValues = Readonly<Record<string, readonly string[] | null>>;

/** What is known of a request when its policies are evaluated: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html. */
export class RequestContext {
  readonly #values = new Map<string, readonly string[] | null>();

  /** Later sources win. */
  constructor(...sources: readonly ContextValues[]) {
    for (const source of sources) for (const [key, value] of Object.entries(source)) this.#values.set(key.toLowerCase(), value);
  }

  /** Names of keys are the same in upper and lower case. */
  values(key: string): readonly string[] | null | Unevaluated {
    const name = key.toLowerCase();
    const known = this.#values.has(name) ? this.#values.get(name) : this.#values.get(name.slice(0, name.indexOf('/') + 1));
    return known === undefined ? new Unevaluated(`the condition key ${key} is not known of this request`) : known;
  }
}
