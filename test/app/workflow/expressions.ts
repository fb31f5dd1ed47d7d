import { expressionIn, render } from '../../support/stateMachine';
import type { Definition, Evaluation } from '../../support/stateMachine';

/** A `{% … %}` of a definition. */
export interface Expression {
  /** What is evaluated at once, by the interpreter's name for it: `Begin/Assign`, `Authorized?/Choices/1/Condition`. */
  readonly field: string;
  /** Its place in the field, empty where the field is the expression: `ExpressionAttributeValues/:now/S`. */
  readonly at: string;
  /** With its braces. */
  readonly text: string;
}

/** What a field was evaluated with on some order's way, and what each of its expressions gives. */
export interface Recorded {
  /** Variables and `states`, as far as the field's expressions name them. */
  readonly given: Readonly<Record<string, unknown>>;
  /** By `at`. */
  readonly gives: Readonly<Record<string, unknown>>;
}

/** By field. */
export type Records = Readonly<Record<string, readonly Recorded[]>>;

/** What `$now()` gives in the records. */
const NOW = new Date('2026-11-23T08:00:00.000Z');

/** Every expression of a definition, wherever it stands. */
export const expressionsOf = ({ States: states }: Definition): Expression[] =>
  Object.entries(states).flatMap(([name, state]) =>
    stringsIn(state).flatMap(({ keys, text }) => {
      if (expressionIn(text) === undefined) return [];
      const depth = keys[0] === 'Choices' || keys[0] === 'Catch' ? 3 : 1;
      return [{ field: [name, ...keys.slice(0, depth)].join('/'), at: keys.slice(depth).join('/'), text }];
    }),
  );

export function stringsIn(value: unknown, keys: readonly string[] = []): { readonly keys: readonly string[]; readonly text: string }[] {
  if (typeof value === 'string') return [{ keys, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => stringsIn(item, [...keys, key]));
}

export const resultOf = (text: string, given: Recorded['given']): Promise<unknown> => render(text, given, () => NOW);

/**
 * What evaluations give: one of each kind, in the order of the definition. Records are of one kind when they differ in
 * nothing but texts, numbers and times; words in capitals are what states decide by.
 */
export async function recordsOf(definition: Definition, evaluations: readonly Evaluation[]): Promise<Records> {
  const expressions = expressionsOf(definition);
  const records: Record<string, Recorded[]> = {};
  for (const field of new Set(expressions.map((expression) => expression.field))) {
    const own = expressions.filter((expression) => expression.field === field);
    const paths = own.flatMap(({ text }) => pathsIn(text));
    const kinds = new Map<string, Recorded['given']>();
    for (const { bindings } of evaluations.filter((evaluation) => evaluation.field === field)) {
      const given = steady(partOf(bindings, paths));
      // A plain path gives what is there: one record shows that it is the right one. A condition is to be seen on both sides.
      const kind = own.every(({ text }) => isPlainPath(text)) && !field.endsWith('/Condition') ? '' : kindOf(given);
      if (!kinds.has(kind)) kinds.set(kind, given);
    }
    if (kinds.size > 0) records[field] = await Promise.all([...kinds.values()].map((given) => recorded(own, given)));
  }
  return records;
}

async function recorded(expressions: readonly Expression[], given: Recorded['given']): Promise<Recorded> {
  const results = expressions.map(async ({ at, text }) => [at, await resultOf(text, given)] as const);
  return { given, gives: Object.fromEntries(await Promise.all(results)) };
}

/** `states.input.outcome`, `undoing.lines`, `now` */
const pathsIn = (text: string): string[][] => [...text.matchAll(/\$(\w+(?:\.\w+)*)/g)].map(([, path = '']) => path.split('.'));
const isPlainPath = (text: string): boolean => /^\{% \$[\w.]+ %\}$/.test(text);

/** What lies at any of the paths, where it lies. */
function partOf(value: unknown, paths: readonly (readonly string[])[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return {};
  const parts = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
    const inner = paths.filter(([first]) => first === key).map(([, ...rest]) => rest);
    if (inner.length === 0) return [];
    const isWhole = inner.some(({ length }) => length === 0) || typeof item !== 'object';
    return [[key, isWhole ? item : partOf(item, inner)]];
  });
  return Object.fromEntries(parts);
}

/** With other ids in place of those that are drawn at random. */
function steady(given: Recorded['given']): Recorded['given'] {
  const ids = new Map<string, string>();
  const steadyId = (id: string): string => {
    const known = ids.get(id) ?? `00000000-0000-7000-8000-${String(ids.size + 1).padStart(12, '0')}`;
    ids.set(id, known);
    return known;
  };
  const text = JSON.stringify(given).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, steadyId).replaceAll(/SB\d+DE/g, 'SB1DE');
  return JSON.parse(text) as Recorded['given'];
}

const kindOf = (given: Recorded['given']): string =>
  JSON.stringify(given, (_, value: unknown) => (typeof value === 'number' || (typeof value === 'string' && !/^[A-Z_]+$/.test(value)) ? typeof value : value));

/** A record a line, so that a change shows what it changes. */
export function written(records: Records): string {
  const fields = Object.entries(records).map(([field, found]) => `${JSON.stringify(field)}: [\n${found.map((one) => JSON.stringify(one)).join(',\n')}\n]`);
  return `{\n${fields.join(',\n')}\n}\n`;
}
