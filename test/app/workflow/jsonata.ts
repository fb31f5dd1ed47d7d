import jsonata from 'jsonata';

/** The functions of JSONata 2.0.6 but for `$eval`, and those that Step Functions adds. */
const FUNCTIONS = [
  ['string', 'length', 'substring', 'substringBefore', 'substringAfter', 'uppercase', 'lowercase', 'trim', 'pad', 'contains', 'split', 'join', 'match', 'replace'],
  ['base64encode', 'base64decode', 'encodeUrlComponent', 'encodeUrl', 'decodeUrlComponent', 'decodeUrl'],
  ['number', 'abs', 'floor', 'ceil', 'round', 'power', 'sqrt', 'random', 'formatNumber', 'formatBase', 'formatInteger', 'parseInteger', 'sum', 'max', 'min', 'average'],
  ['boolean', 'not', 'exists', 'count', 'append', 'sort', 'reverse', 'shuffle', 'distinct', 'zip', 'map', 'filter', 'single', 'reduce', 'sift'],
  ['keys', 'lookup', 'spread', 'merge', 'each', 'error', 'assert', 'type', 'now', 'millis', 'fromMillis', 'toMillis'],
  ['partition', 'range', 'hash', 'uuid', 'parse'],
].flat();

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What Step Functions would not take of an expression: it knows JSONata 2.0.6 without `$eval`, and an expression has no
 * input of its own, only variables (https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html).
 */
export function faultsOf(expression: string, variables: readonly string[]): string[] {
  const outsideOfTexts = expression.replaceAll(/'[^']*'|"[^"]*"/g, "''");
  // `??` and `?:` came with 2.1; the parser makes conditions of them.
  const tooNew = /\?\?|\?:/.exec(outsideOfTexts)?.map((operator) => `the operator ${operator} is not there`) ?? [];
  const ast: unknown = jsonata(expression).ast();
  const inner = [...nodesOf(ast, true)];
  const local = inner.flatMap(({ node }) => (node['type'] === 'bind' ? [node['lhs']] : node['type'] === 'lambda' ? [node['arguments']] : [])).flat();
  const known = [...FUNCTIONS, ...variables, 'states', ...local.map((name) => (isNode(name) ? name['value'] : undefined))];
  const unknown = inner.flatMap(({ node: { type, value }, hasContext }) => {
    if (type === 'variable' && value !== '' && value !== '$') return known.includes(value) ? [] : [`there is no $${String(value)}`];
    if (hasContext || (type !== 'name' && type !== 'variable')) return [];
    return [`${type === 'name' ? String(value) : `$${String(value)}`} belongs to no variable`];
  });
  return [...tooNew, ...unknown];
}

/** Every node below, and whether it is within a step of a path, where names mean fields of what the step is at. */
function* nodesOf(value: unknown, isTop: boolean): Generator<{ readonly node: Node; readonly hasContext: boolean }> {
  if (Array.isArray(value)) for (const item of value) yield* nodesOf(item, isTop);
  if (!isNode(value)) return;
  yield { node: value, hasContext: !isTop };
  const { steps, ...rest } = value;
  const [first, ...others] = Array.isArray(steps) ? steps : [];
  yield* nodesOf(first, isTop);
  yield* nodesOf(others, false);
  for (const [key, child] of Object.entries(rest)) yield* nodesOf(child, isTop && !['predicate', 'stages', 'group'].includes(key));
}
