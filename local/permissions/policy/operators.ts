import { BlockList, isIP } from 'node:net';
import type { Answer } from './answer';
import type { RequestContext } from './context';
import { Flaw, pattern } from './pattern';

/** Compares one value of the request. */
export type Comparison = (actual: string, context: RequestContext) => Answer;

export interface Operator {
  /** Whether it asks that nothing matches, as StringNotEquals does. */
  readonly negated: boolean;
  /** @throws Flaw when the policy's value cannot be read */
  readonly compile: (expected: string, variables: boolean) => Comparison;
}

type Ordered = (actual: number, expected: number) => boolean;

const ORDERS: Readonly<Record<string, Ordered>> = {
  Equals: (actual, expected) => actual === expected,
  LessThan: (actual, expected) => actual < expected,
  LessThanEquals: (actual, expected) => actual <= expected,
  GreaterThan: (actual, expected) => actual > expected,
  GreaterThanEquals: (actual, expected) => actual >= expected,
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html, but BinaryEquals. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ...withNegation('String', 'Equals', (expected, variables) => pattern(expected, { variables })),
  ...withNegation('String', 'EqualsIgnoreCase', (expected, variables) => pattern(expected, { variables, ignoreCase: true })),
  ...withNegation('String', 'Like', (expected, variables) => pattern(expected, { variables, wildcards: 'TEXT' })),
  ...withNegation('Arn', 'Equals', (expected, variables) => pattern(expected, { variables, wildcards: 'ARN' })),
  ...withNegation('Arn', 'Like', (expected, variables) => pattern(expected, { variables, wildcards: 'ARN' })),
  ...withNegation('', 'IpAddress', withoutVariables(inRange)),
  ...Object.entries(ORDERS).flatMap(([name, order]) => [
    ...withNegation('Numeric', name, withoutVariables(ordered(order, number))),
    ...withNegation('Date', name, withoutVariables(ordered(order, instant))),
  ]),
  ['Bool', { negated: false, compile: withoutVariables((expected) => (actual) => actual.toLowerCase() === expected.toLowerCase()) }],
]);

export const operatorOf = (name: string): Operator | undefined => OPERATORS.get(name);

/** The operator and the one that asks the opposite; of the orders only Equals has one. */
function withNegation(kind: string, name: string, compile: Operator['compile']): [string, Operator][] {
  const both: [string, Operator][] = [
    [`${kind}${name}`, { negated: false, compile }],
    [`${kind}Not${name}`, { negated: true, compile }],
  ];
  return /Less|Greater/.test(name) ? both.slice(0, 1) : both;
}

function withoutVariables(compile: (expected: string) => Comparison): Operator['compile'] {
  return (expected, variables) => {
    if (variables && expected.includes('${')) throw new Flaw(`a policy variable where there can be none: ${expected}`);
    return compile(expected);
  };
}

function ordered(order: Ordered, read: (text: string) => number | undefined): (expected: string) => Comparison {
  return (text) => {
    const expected = read(text);
    if (expected === undefined) throw new Flaw(`the value ${text}`);
    return (actual) => {
      const value = read(actual);
      return value !== undefined && order(value, expected);
    };
  };
}

function number(text: string): number | undefined {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

/** Milliseconds; the text is ISO 8601 as of the W3C, or seconds since 1970. */
function instant(text: string): number | undefined {
  if (/^\d{5,}(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const time = /^\d{4}(-\d\d){0,2}(T|$)/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** A range in CIDR form; without a length it is one address. */
function inRange(range: string): Comparison {
  const [address = '', length, ...rest] = range.split('/');
  const version = isIP(address);
  const bits = length === undefined ? (version === 6 ? 128 : 32) : number(length);
  if (version === 0 || rest.length > 0 || bits === undefined || bits > (version === 6 ? 128 : 32)) throw new Flaw(`the address range ${range}`);
  const family = version === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(address, bits, family);
  return (actual) => isIP(actual) === version && list.check(actual, family);
}
