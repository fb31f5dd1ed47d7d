import validate from 'asl-validator';
import { definitionOf, MACHINES } from './stateMachines';
import type { MachineName } from './stateMachines';

describe.each(MACHINES)('%s', (machine) => {
  test('is a definition that Step Functions takes', () => {
    expect(validate(definitionOf(machine))).toMatchObject({ isValid: true, errors: [] });
  });

  test('uses no field of JSONPath, which a JSONata state machine does not have', () => {
    expect(JSON.stringify(definitionOf(machine))).not.toMatch(/"\w+Path":|"\w+\.\$":|"ResultSelector":|"Parameters":/);
  });

  test('gives every call of a function or the carrier, and every wait, a deadline', () => {
    const unbounded = tasksOf(machine).filter(([, { Resource = '', TimeoutSeconds }]) => TimeoutSeconds === undefined && (!Resource.includes(':dynamodb:') || Resource.endsWith('.waitForTaskToken')));
    expect(unbounded.map(([name]) => name)).toEqual([]);
  });

  test('bounds every retry and spreads it in time', () => {
    for (const [, { Retry: retriers = [] }] of tasksOf(machine)) {
      expect(retriers.length).toBeGreaterThan(0);
      for (const retrier of retriers) expect(retrier).toMatchObject({ MaxAttempts: expect.any(Number), MaxDelaySeconds: expect.any(Number), JitterStrategy: 'FULL' });
    }
  });
});

const tasksOf = (machine: MachineName) => Object.entries(definitionOf(machine).States).filter(([, { Type }]) => Type === 'Task');
