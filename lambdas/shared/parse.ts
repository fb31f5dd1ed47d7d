import * as z from 'zod/mini';
import type { ProblemCode, ProblemDetail } from '../../contracts/problem';
import { ProblemError } from './problem-error';

/** One thing that is wrong with a value, and where. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly Fault[] };

const NAMES: Readonly<Record<string, string>> = { int: 'a whole number', array: 'a list', object: 'an object', string: 'a text', boolean: 'true or false' };

const named = (expected: string): string => NAMES[expected] ?? `a ${expected}`;

/** Says in plain words what the contract's own messages leave unsaid; zod's locales are a hundred times its size. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be ${named(issue.expected)}`;
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`;
    case 'too_small':
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${issue.origin === 'string' ? ' characters long' : ''}`;
    case 'invalid_format':
      return `must be a valid ${issue.format}`;
    default:
      return undefined;
  }
}

/** Judges `value` by the contract and names every fault: an unknown field is a fault at the field itself. */
export function parse<S extends z.core.$ZodType>(schema: S, value: unknown): Parsed<z.output<S>> {
  const result = z.safeParse(schema, value, { error: inWords });
  if (result.success) return { ok: true, value: result.data };
  const faults = result.error.issues.flatMap((issue): Fault[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key], reason: 'is not known here' }))
      : [{ path: issue.path, reason: issue.message }],
  );
  return { ok: false, faults };
}

/** @throws ProblemError `code`, naming every fault by what `locate` makes of its path */
export function parseOrRefuse<S extends z.core.$ZodType>(
  schema: S,
  value: unknown,
  code: ProblemCode,
  locate: (path: readonly PropertyKey[]) => Omit<ProblemDetail, 'detail'>,
): z.output<S> {
  const parsed = parse(schema, value);
  if (parsed.ok) return parsed.value;
  const errors = parsed.faults.slice(0, 20).map(({ path, reason }) => ({ detail: reason, ...locate(path) }));
  throw new ProblemError(code, undefined, { errors });
}

/** RFC 6901 as a URI fragment: `#/lines/0/quantity`. */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  `#${path.map((step) => `/${encodeURIComponent(String(step).replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`;
