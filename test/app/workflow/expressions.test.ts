import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expressionIn } from '../../support/stateMachine';
import { expressionsOf, resultOf, stringsIn } from './expressions';
import type { Expression, Records } from './expressions';
import { faultsOf } from './jsonata';
import { definitionOf, MACHINES } from './stateMachines';

// The records are made on real ways of orders: test/local/workflow/expressions.test.ts.

const withRecords = MACHINES.map((machine) => ({
  machine,
  definition: definitionOf(machine),
  records: JSON.parse(readFileSync(join(__dirname, 'recorded', `${machine}.json`), 'utf8')) as Records,
}));

describe.each(withRecords)('$machine', ({ definition, records }) => {
  const expressions = expressionsOf(definition).map((expression) => ({ ...expression, name: [expression.field, expression.at].filter(Boolean).join(' ') }));
  const recordsOf = ({ field }: Pick<Expression, 'field'>): Records[string] => records[field] ?? [];

  test.each(expressions)('$name gives what is recorded', async (expression) => {
    const found = recordsOf(expression);
    expect(found.length).toBeGreaterThan(0);
    for (const { given, gives } of found) {
      expect(gives).toHaveProperty([expression.at]);
      expect({ given, gives: await resultOf(expression.text, given) }).toEqual({ given, gives: gives[expression.at] });
    }
  });

  test('has no record of an expression that is gone', () => {
    const recorded = Object.entries(records).flatMap(([field, found]) => found.flatMap(({ gives }) => Object.keys(gives).map((at) => `${field} ${at}`)));
    expect(recorded.filter((name) => !expressions.some(({ field, at }) => name === `${field} ${at}`))).toEqual([]);
  });

  test('decides by conditions that are true or false, each of them recorded as both', () => {
    const conditions = expressions.filter(({ field }) => field.endsWith('/Condition'));
    expect(conditions.length).toBe(stringsIn(definition).filter(({ keys }) => keys.at(-1) === 'Condition').length);
    expect(conditions.map(({ field }) => ({ field, results: new Set(recordsOf({ field }).map(({ gives }) => gives[''])) }))).toEqual(conditions.map(({ field }) => ({ field, results: new Set([true, false]) })));
  });

  test('waits for whole seconds', () => {
    const seconds = Object.entries(records).flatMap(([field, found]) => (field.endsWith('Seconds') ? found.map(({ gives }) => gives['']) : []));
    expect(seconds.filter((value) => !Number.isInteger(value) || Number(value) <= 0)).toEqual([]);
  });

  test('names nothing but variables that a state assigns and functions that Step Functions has', () => {
    const assigned = Object.values(definition.States).flatMap(({ Assign: own, Choices: choices = [], Catch: catches = [] }) => [own, ...[...choices, ...catches].map(({ Assign: further }) => further)].flatMap((assign) => Object.keys(assign ?? {})));
    expect(expressions.flatMap(({ name, text }) => faultsOf(expressionIn(text) ?? '', assigned).map((fault) => `${name}: ${fault}`))).toEqual([]);
  });

  test('has no string that only looks like an expression, which Step Functions takes as it stands', () => {
    expect(stringsIn(definition).filter(({ text }) => /\{%|%\}/.test(text) && expressionIn(text) === undefined)).toEqual([]);
  });
});

test.each([
  ['$eval(\'1\')', 'there is no $eval'],
  ['$orderID', 'there is no $orderID'],
  ['$orderId ?? \'none\'', 'the operator ?? is not there'],
  ['states.input', 'states belongs to no variable'],
  ['$.input', '$ belongs to no variable'],
  ['$map($lines, function($line) { $line.productId & $missing })', 'there is no $missing'],
])('%s is refused: %s', (expression, fault) => {
  expect(faultsOf(expression, ['orderId', 'lines'])).toEqual([fault]);
});

test('an expression that gives nothing fails, as it fails the execution', async () => {
  await expect(resultOf('{% $states.input.missing %}', { states: { input: {} } })).rejects.toThrow('did not return a result:  $states.input.missing');
});
