import { Unevaluated, type Answer } from './answer';
import type { RequestContext } from './context';

/** A part of a policy that cannot be read; the message names it. */
export class Flaw extends Error {}

export interface PatternOptions {
  /** Whether `*` and `?` are wildcards: everywhere, or in an ARN, where those of its first five parts do not reach into the next. */
  readonly wildcards?: 'TEXT' | 'ARN';
  /** Whether `${…}` is replaced, as it is since version 2012-10-17. */
  readonly variables?: boolean;
  readonly ignoreCase?: boolean;
}

export type Pattern = (value: string, context: RequestContext) => Answer;

interface Variable {
  readonly key: string;
  readonly fallback?: string;
}

const PARTS_OF_AN_ARN = 6;

/**
 * Compiles a string of a policy once; without variables a match is one regular expression.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html.
 *
 * @throws Flaw on a variable that cannot be read, and on what should be an ARN and is not
 */
export function pattern(source: string, options: PatternOptions = {}): Pattern {
  const flags = options.ignoreCase === true ? 'i' : '';
  if (options.wildcards === 'ARN' && source !== '*' && !/^arn(:[^:]*){5}/.test(source.replaceAll(/\$\{[^}]*\}/g, ''))) throw new Flaw(`${source} is not an ARN`);
  const pieces = options.variables === true ? piecesOf(source) : [source];
  if (pieces.every((piece) => typeof piece === 'string')) {
    const expression = expressionOf(pieces, options, flags);
    return (value) => expression.test(value);
  }
  return (value, context) => {
    const filled: string[] = [];
    for (const piece of pieces) {
      const text = typeof piece === 'string' ? piece : valueOf(piece, context);
      // A variable without a value is like nothing at all.
      if (text === null) return false;
      if (text instanceof Unevaluated) return text;
      filled.push(typeof piece === 'string' ? text : literal(text));
    }
    return expressionOf(filled, options, flags).test(value);
  };
}

/** `\0` before a character takes away its special meaning. */
const literal = (text: string): string => text.replaceAll(/[*?]/g, '\0$&');

function piecesOf(source: string): (string | Variable)[] {
  return source.split(/(\$\{[^}]*\})/).map((piece) => {
    const [, inner] = /^\$\{([^}]*)\}$/.exec(piece) ?? [];
    if (inner === undefined) return piece;
    if (inner === '*' || inner === '?' || inner === '$') return literal(inner);
    const [, key, fallback] = /^\s*([\w-]+:[^,']+?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inner) ?? [];
    if (key === undefined) throw new Flaw(`the policy variable ${piece}`);
    return { key, fallback };
  });
}

function valueOf({ key, fallback }: Variable, context: RequestContext): string | null | Unevaluated {
  const values = context.values(key);
  if (values instanceof Unevaluated) return values;
  if (values === null) return fallback ?? null;
  return values.length === 1 ? (values[0] ?? null) : new Unevaluated(`the policy variable \${${key}} has ${values.length} values`);
}

function expressionOf(pieces: readonly string[], { wildcards }: PatternOptions, flags: string): RegExp {
  let colons = 0;
  const body = pieces.join('').replaceAll(/\0?[^\w]/g, (found) => {
    const character = found.at(-1) ?? '';
    if (character === ':') colons++;
    if (found.length === 1 && wildcards !== undefined && (character === '*' || character === '?')) {
      const anything = wildcards === 'ARN' && colons > 0 && colons < PARTS_OF_AN_ARN - 1 ? '[^:]' : '[^]';
      return character === '*' ? `${anything}*` : anything;
    }
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return new RegExp(`^${body}$`, flags);
}
