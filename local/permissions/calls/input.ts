import { UnreadableCall } from './call';

/** The parameters of a call: the members of a JSON document, or the flat names of the Query protocol (`Tags.member.1.Key`). */
export class Input {
  readonly operation: string;
  readonly #value: unknown;

  constructor(operation: string, value: unknown) {
    this.operation = operation;
    this.#value = value;
  }

  get names(): string[] {
    return typeof this.#value === 'object' && this.#value !== null ? Object.keys(this.#value) : [];
  }

  has(name: string): boolean {
    return this.names.some((one) => one === name || one.startsWith(`${name}.`));
  }

  text(name: string): string | undefined {
    const value = this.#get(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** @throws UnreadableCall naming what is missing */
  needed(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw new UnreadableCall(`${this.operation} names no ${name}`);
    return value;
  }

  texts(name: string): string[] {
    const value = this.#get(name);
    const values: unknown[] = Array.isArray(value) ? value : this.#members(name);
    return values.filter((one) => typeof one === 'string');
  }

  /** @throws UnreadableCall when none is named: a call about nothing needs nothing, and must not be let through for it */
  neededTexts(name: string): string[] {
    const values = this.texts(name);
    if (values.length === 0) throw new UnreadableCall(`${this.operation} names no ${name}`);
    return values;
  }

  inner(name: string): Input {
    return new Input(this.operation, this.#get(name));
  }

  list(name: string): Input[] {
    const value = this.#get(name);
    return Array.isArray(value) ? value.map((one) => new Input(this.operation, one)) : [];
  }

  #get(name: string): unknown {
    return typeof this.#value === 'object' && this.#value !== null ? new Map(Object.entries(this.#value)).get(name) : undefined;
  }

  #members(name: string): unknown[] {
    const numbered = new RegExp(`^${name}\\.(member\\.)?\\d+$`);
    return this.names.filter((one) => numbered.test(one)).map((one) => this.#get(one));
  }
}
