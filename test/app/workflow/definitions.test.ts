import validate from 'asl-validator';
import { definitionOf } from './stateMachines';
import type { MachineName } from './stateMachines';

const MACHINES: readonly MachineName[] = ['ProcessOrder', 'UndoOrder', 'TellCustomer'];

describe.each(MACHINES)('%s', (machine) => {
  test('is a definition that Step Functions takes', () => {
    expect(validate(definitionOf(machine) as never)).toMatchObject({ isValid: true, errors: [] });
  });

  test('uses no field of JSONPath, which a JSONata state machine does not have', () => {
    expect(JSON.stringify(definitionOf(machine))).not.toMatch(/"\w+Path":|"\w+\.\$":|"ResultSelector":|"Parameters":/);
  });

  test('gives every task a deadline or a bounded call, and every retry a bound', () => {
    for (const [name, state] of Object.entries(definitionOf(machine).States)) {
      if (state.Type !== 'Task') continue;
      if (!state.Resource?.includes(':dynamodb:') || state.Resource.endsWith('.waitForTaskToken')) expect({ name, timeout: state.TimeoutSeconds }).toEqual({ name, timeout: expect.anything() });
      for (const retrier of state.Retry ?? []) expect(retrier).toMatchObject({ MaxAttempts: expect.any(Number), MaxDelaySeconds: expect.any(Number), JitterStrategy: 'FULL' });
    }
  });
});
