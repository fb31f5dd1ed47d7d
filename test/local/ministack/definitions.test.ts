import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { startMinistack, type TestServer } from './ministackServer';
import { deploy } from './stacks';
import { run, states, stateMachineOf } from './stateMachines';

const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'any' } };
const done = { Type: 'Succeed' };
const definition = (States: object, more: object = {}) => JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'First', States, ...more });

describe('a state machine', () => {
  let server: TestServer;
  let cloudFormation: CloudFormationClient;
  beforeAll(async () => {
    server = await startMinistack();
    cloudFormation = new CloudFormationClient(server.client());
  });
  afterAll(() => server?.stop());

  it.each([
    ['that is no JSON', '{', 'INVALID_JSON_DESCRIPTION'],
    ['without a start', JSON.stringify({ States: { First: done } }), 'StartAt'],
    ['that starts nowhere', definition({ Other: done }), 'MISSING_TRANSITION_TARGET'],
    ['with a transition to nowhere', definition({ First: { Type: 'Pass', Next: 'Nowhere' } }), 'Nowhere'],
    ['whose error goes nowhere', definition({ First: { ...task, End: true, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Nowhere' }] } }), '/States/First/Catch[0]/Next'],
    ['with a state that nobody reaches', definition({ First: done, Other: done }), 'not reachable'],
    ['with a state that has no end', definition({ First: task }), 'Next or End'],
    ['with a field of the other query language', definition({ First: { ...task, End: true, ResultPath: '$.x' } }), '/States/First/ResultPath'],
    ['with JSONata in a JSONPath state', definition({ First: { ...task, End: true } }, { QueryLanguage: 'JSONPath' }), '/States/First/Arguments'],
    ['with an expression that cannot be parsed', definition({ First: { Type: 'Pass', Output: '{% $states. %}', End: true } }), 'INVALID_JSONATA_EXPRESSION'],
    ['with a wildcard among other errors', definition({ First: { ...task, End: true, Retry: [{ ErrorEquals: ['States.ALL', 'Other'] }] } }), 'States.ALL'],
    ['with a fault inside a branch', definition({ First: { Type: 'Parallel', End: true, Branches: [{ StartAt: 'In', States: { In: { Type: 'Pass', Next: 'First' } } }] } }), '/States/First/Branches[0]/States/In/Next'],
  ])('%s is refused before it is made', async (_, text, reason) => {
    expect(await states(server, 'CreateStateMachine', { name: 'refused', definition: text, roleArn: 'arn:aws:iam::222222222222:role/any' })).toMatchObject({ __type: 'InvalidDefinition', message: expect.stringContaining(reason) as string });
    expect(await states(server, 'ListStateMachines', {})).toMatchObject({ stateMachines: [] });
  });

  it('that is refused fails its stack with the reason, and the one before stays', async () => {
    const machine = (States: object) => stateMachineOf('Machine', 'First', States, { TracingConfiguration: { Enabled: true }, LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: true, Destinations: [] } });
    const made = await deploy(cloudFormation, 'machines', machine({ First: { Type: 'Pass', Output: 'first', End: true } }), { Arn: { Ref: 'Machine' } });
    const refused = await deploy(cloudFormation, 'machines', machine({ First: { Type: 'Pass', Next: 'Nowhere' } }), { Arn: { Ref: 'Machine' } });

    expect(refused.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(refused.failures.join()).toContain('Nowhere');
    expect(await run(server, made.outputs['Arn'] ?? '')).toEqual({ output: 'first' });
  });

  it('uses the output that each state gives, also of a default, of branches and at the end', async () => {
    const branch = (Output: string) => ({ StartAt: 'In', States: { In: { Type: 'Succeed', Output } } });
    const { outputs } = await deploy(
      cloudFormation,
      'outputs',
      stateMachineOf('Machine', 'First', {
        First: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.paid %}', Next: 'Paid' }], Default: 'Both', Output: '{% { "owed": $states.input.total } %}' },
        Paid: { Type: 'Succeed', Output: 'paid' },
        Both: { Type: 'Parallel', Arguments: '{% $states.input.owed %}', Branches: [branch('{% $states.input + 1 %}'), branch('{% $states.input + 2 %}')], Assign: { total: '{% $sum($states.result) %}' }, Output: '{% $states.result[1] %}', Next: 'Done' },
        Done: { Type: 'Succeed', Output: '{% { "last": $states.input, "sum": $total } %}' },
      }),
      { Arn: { Ref: 'Machine' } },
    );
    expect(await run(server, outputs['Arn'] ?? '', { paid: false, total: 10 })).toEqual({ output: { last: 12, sum: 23 } });
    expect(await run(server, outputs['Arn'] ?? '', { paid: true })).toEqual({ output: 'paid' });
  });
});
