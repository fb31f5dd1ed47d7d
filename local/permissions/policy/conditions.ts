import * as z from 'zod';
import { all, any, not, Unevaluated, type Answer } from './answer';
import type { RequestContext } from './context';
import { operatorOf, type Comparison } from './operators';
import { Flaw } from './pattern';

const scalar = z.union([z.string(), z.boolean(), z.number()]).transform(String);
/** The Condition element: operator, key, value or values. */
export const ConditionElement = z.record(z.string(), z.record(z.string(), z.union([scalar.transform((value) => [value]), z.array(scalar)])));
export type ConditionElement = z.infer<typeof ConditionElement>;

/** Whether the conditions of a statement hold: all operators and all their keys must. */
export type Conditions = (context: RequestContext) => Answer;

/** What it cannot read becomes an answer that names it, so that only requests the statement is about are refused for it. */
export function conditions(element: ConditionElement, variables: boolean): Conditions {
  const questions = Object.entries(element).flatMap(([operator, keys]) => Object.entries(keys).map(([key, values]) => question(operator, key, values, variables)));
  return (context) => all(questions, (ask) => ask(context));
}

function question(name: string, key: string, expected: readonly string[], variables: boolean): Conditions {
  try {
    return name === 'Null' ? absence(key, expected) : comparison(name, key, expected, variables);
  } catch (error) {
    if (!(error instanceof Flaw)) throw error;
    const unevaluated = new Unevaluated(`the condition ${name} of ${key} cannot be read: ${error.message}`);
    return () => unevaluated;
  }
}

function absence(key: string, expected: readonly string[]): Conditions {
  if (!expected.every((value) => /^(true|false)$/i.test(value))) throw new Flaw('Null asks for true or false');
  return (context) => {
    const values = context.values(key);
    if (values instanceof Unevaluated) return values;
    return expected.some((value) => (value.toLowerCase() === 'true') === isEmpty(values));
  };
}

function comparison(name: string, key: string, expected: readonly string[], variables: boolean): Conditions {
  const [, set, base = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(name) ?? [];
  const operator = operatorOf(base);
  if (operator === undefined) throw new Flaw('the operator is not known');
  const comparisons = expected.map((value) => operator.compile(value, variables));
  const ask = (actual: string, context: RequestContext): Answer => {
    const found = any(comparisons, (compare: Comparison) => compare(actual, context));
    return operator.negated ? not(found) : found;
  };
  return (context) => {
    const values = context.values(key);
    if (values instanceof Unevaluated) return values;
    // A set of nothing but an empty string counts as one that is not there.
    if (isEmpty(values) || (set !== undefined && values.every((value) => value === ''))) return ifExists !== undefined || whenAbsent(set, operator.negated);
    if (set === 'ForAllValues') return all(values, (value) => ask(value, context));
    if (set === 'ForAnyValue') return any(values, (value) => ask(value, context));
    const [only, ...more] = values;
    return only === undefined || more.length > 0 ? new Unevaluated(`the condition ${name} compares one value, and ${key} has ${values.length}`) : ask(only, context);
  };
}

/** `set` is ForAllValues, ForAnyValue or none. */
function whenAbsent(set: string | undefined, negated: boolean): boolean {
  return set === undefined ? negated : set === 'ForAllValues';
}

function isEmpty(values: readonly string[] | null): values is null {
  return values === null || values.length === 0;
}
