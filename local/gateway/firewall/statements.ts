import type { ByteMatchStatement, FieldToMatch, RateBasedStatement, SizeConstraintStatement, Statement, TextTransformation } from '@aws-sdk/client-wafv2';
import { knowsOnly, NotEvaluated } from './notEvaluated';
import { Rates } from './rates';
import { INSPECTED_BODY_BYTES } from './request';
import type { InspectedRequest } from './request';

/** Whether a request, with the labels that rules before have put on it, is meant. */
export type Matcher = (request: InspectedRequest, labels: ReadonlySet<string>) => boolean;

/** What a statement means. @throws NotEvaluated naming what of it is not known here */
export function matcherOf(statement: Statement, now: () => number): Matcher {
  knowsOnly(statement, ['AndStatement', 'OrStatement', 'NotStatement', 'LabelMatchStatement', 'ByteMatchStatement', 'SizeConstraintStatement', 'RateBasedStatement'], 'a statement');
  const { AndStatement: and, OrStatement: or, NotStatement: not, LabelMatchStatement: label, ByteMatchStatement: bytes, SizeConstraintStatement: size, RateBasedStatement: rate } = statement;
  if (and) return every(matchersOf(and.Statements, now));
  if (or) return some(matchersOf(or.Statements, now));
  if (not) return opposite(matcherOf(not.Statement ?? {}, now));
  if (label) {
    if (label.Scope !== 'LABEL') throw new NotEvaluated(`A label match of the scope ${label.Scope} is not evaluated on this machine`);
    return (_, labels) => labels.has(label.Key ?? '');
  }
  if (bytes) return byteMatch(bytes);
  if (size) return sizeConstraint(size);
  if (rate) return rateBased(rate, now);
  throw new NotEvaluated('A statement without content is not evaluated on this machine');
}

const matchersOf = (statements: readonly Statement[] = [], now: () => number): Matcher[] => statements.map((statement) => matcherOf(statement, now));
const every = (matchers: readonly Matcher[]): Matcher => (...given) => matchers.every((matches) => matches(...given));
const some = (matchers: readonly Matcher[]): Matcher => (...given) => matchers.some((matches) => matches(...given));
const opposite = (matches: Matcher): Matcher => (...given) => !matches(...given);

type Comparison<T> = (value: T, wanted: T) => boolean;

const POSITIONS: Readonly<Record<string, Comparison<string>>> = {
  EXACTLY: (text, wanted) => text === wanted,
  STARTS_WITH: (text, wanted) => text.startsWith(wanted),
  ENDS_WITH: (text, wanted) => text.endsWith(wanted),
  CONTAINS: (text, wanted) => text.includes(wanted),
};

function byteMatch({ FieldToMatch: field = {}, SearchString: wanted, PositionalConstraint: position, TextTransformations: transformations = [] }: ByteMatchStatement): Matcher {
  const matches = POSITIONS[position ?? ''];
  if (!matches) throw new NotEvaluated(`The positional constraint ${position} is not evaluated on this machine`);
  const read = textIn(field);
  const transform = transformationOf(transformations);
  const text = Buffer.from(wanted ?? []).toString('utf8');
  return (request) => matches(transform(read(request)), text);
}

/** The part of a request that is looked at, as text. @throws NotEvaluated for one that is not known here, the body's text among them */
function textIn(field: FieldToMatch): (request: InspectedRequest) => string {
  knowsOnly(field, ['UriPath', 'Method', 'QueryString', 'SingleHeader'], 'a field to match');
  if (field.UriPath) return ({ path }) => path;
  if (field.Method) return ({ method }) => method;
  if (field.QueryString) return ({ query }) => query;
  const header = field.SingleHeader?.Name?.toLowerCase() ?? '';
  return ({ headers }) => [headers[header] ?? ''].flat().join(', ');
}

const TRANSFORMATIONS: Readonly<Record<string, (text: string) => string>> = {
  NONE: (text) => text,
  LOWERCASE: (text) => text.toLowerCase(),
  URL_DECODE: (text) => Buffer.from(text.replaceAll('+', ' ').replaceAll(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16))), 'latin1').toString('utf8'),
};

function transformationOf(transformations: readonly TextTransformation[]): (text: string) => string {
  const steps = transformations
    .toSorted((one, other) => (one.Priority ?? 0) - (other.Priority ?? 0))
    .map(({ Type: type = '' }) => {
      const step = TRANSFORMATIONS[type];
      if (!step) throw new NotEvaluated(`The text transformation ${type} is not evaluated on this machine`);
      return step;
    });
  return (text) => steps.reduce((transformed, step) => step(transformed), text);
}

const OPERATORS: Readonly<Record<string, Comparison<number>>> = {
  EQ: (size, limit) => size === limit,
  NE: (size, limit) => size !== limit,
  LE: (size, limit) => size <= limit,
  LT: (size, limit) => size < limit,
  GE: (size, limit) => size >= limit,
  GT: (size, limit) => size > limit,
};

function sizeConstraint({ FieldToMatch: field = {}, ComparisonOperator: operator, Size: limit = 0, TextTransformations: transformations = [] }: SizeConstraintStatement): Matcher {
  const compare = OPERATORS[operator ?? ''];
  if (!compare) throw new NotEvaluated(`The comparison ${operator} is not evaluated on this machine`);
  if (field.Body) return bodySize((size) => compare(size, limit), field.Body.OversizeHandling);
  const read = textIn(field);
  const transform = transformationOf(transformations);
  return (request) => compare(Buffer.byteLength(transform(read(request))), limit);
}

function bodySize(holds: (size: number) => boolean, oversize = 'CONTINUE'): Matcher {
  return ({ bodyBytes }) => {
    if (bodyBytes <= INSPECTED_BODY_BYTES || oversize === 'CONTINUE') return holds(Math.min(bodyBytes, INSPECTED_BODY_BYTES));
    return oversize === 'MATCH';
  };
}

/** Every request that is meant is counted, also those that are then refused: who goes on stays out. */
function rateBased(statement: RateBasedStatement, now: () => number): Matcher {
  knowsOnly(statement, ['Limit', 'EvaluationWindowSec', 'AggregateKeyType', 'ScopeDownStatement'], 'a rate-based statement');
  if (statement.AggregateKeyType !== 'IP') throw new NotEvaluated(`A rate by ${statement.AggregateKeyType} is not evaluated on this machine`);
  const { Limit: limit = 0, EvaluationWindowSec: window = 300, ScopeDownStatement: scope } = statement;
  const isMeant = scope ? matcherOf(scope, now) : () => true;
  const rates = new Rates(window, now);
  return (request, labels) => isMeant(request, labels) && rates.count(request.address) > limit;
}
