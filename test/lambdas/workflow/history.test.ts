import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { stepsIn } from '../../../lambdas/workflow/operations/history';

let second = 0;
const time = (seconds: number): string => new Date(Date.UTC(2026, 10, 23, 8, 0, seconds)).toISOString();
const event = (type: string, details: object = {}): HistoryEvent => ({ id: second + 1, type, timestamp: new Date(Date.UTC(2026, 10, 23, 8, 0, second++)), ...details }) as HistoryEvent;
const entered = (name: string) => event('TaskStateEntered', { stateEnteredEventDetails: { name } });
const exited = (name: string) => event('TaskStateExited', { stateExitedEventDetails: { name } });
const scheduled = () => event('TaskScheduled', { taskScheduledEventDetails: { parameters: '{"token":"secret"}' } });
const succeeded = (output: unknown) => event('TaskSucceeded', { taskSucceededEventDetails: { output: JSON.stringify(output) } });
const failed = (error: string, cause: string) => event('TaskFailed', { taskFailedEventDetails: { error, cause } });

beforeEach(() => {
  second = 0;
});

it('tells each attempt with its time, its end and what was answered', () => {
  const steps = stepsIn([
    event('ExecutionStarted'),
    event('PassStateEntered', { stateEnteredEventDetails: { name: 'Begin' } }),
    entered('BookShipment'),
    scheduled(),
    event('TaskStarted'),
    failed('States.Http.StatusCode.503', 'The carrier is not available'),
    scheduled(),
    event('TaskStarted'),
    succeeded({ StatusCode: 201, Headers: { date: ['x'] }, ResponseBody: { trackingNumber: 'T1' } }),
    exited('BookShipment'),
  ]);
  expect(steps).toEqual([
    {
      name: 'BookShipment',
      enteredAt: time(2),
      leftAt: time(9),
      attempts: [
        { startedAt: time(3), endedAt: time(5), outcome: 'FAILED', error: 'States.Http.StatusCode.503', answer: 'The carrier is not available' },
        { startedAt: time(6), endedAt: time(8), outcome: 'SUCCEEDED', answer: '{"trackingNumber":"T1"}' },
      ],
    },
  ]);
});

it('shows what a function answered without what Lambda says around it', () => {
  const [step] = stepsIn([entered('AuthorizePayment'), scheduled(), succeeded({ ExecutedVersion: '3', Payload: { outcome: 'AUTHORIZED' }, SdkHttpMetadata: {} })]);
  expect(step?.attempts).toEqual([expect.objectContaining({ answer: '{"outcome":"AUTHORIZED"}' })]);
});

it('shows an attempt that has not ended, and one that was given up on', () => {
  const [waiting] = stepsIn([entered('AwaitCustomer'), scheduled(), event('TaskStarted'), event('TaskSubmitted', { taskSubmittedEventDetails: { output: '{}' } })]);
  expect(waiting).toEqual({ name: 'AwaitCustomer', enteredAt: time(0), attempts: [{ startedAt: time(1), outcome: 'RUNNING' }] });
  const [timedOut] = stepsIn([entered('AwaitCustomer'), scheduled(), event('TaskTimedOut', { taskTimedOutEventDetails: { error: 'States.Timeout' } })]);
  expect(timedOut?.attempts).toEqual([expect.objectContaining({ outcome: 'TIMED_OUT', error: 'States.Timeout' })]);
});

it('counts what is done after a redrive to the step that failed', () => {
  const [step, ...others] = stepsIn([entered('ReleasePayment'), scheduled(), failed('TypeError', 'x'), event('ExecutionFailed'), event('ExecutionRedriven'), scheduled(), succeeded({ Payload: null })]);
  expect(step?.attempts.map(({ outcome }) => outcome)).toEqual(['FAILED', 'SUCCEEDED']);
  expect(others).toEqual([]);
});

it('tells a step that the execution came by twice as two', () => {
  const steps = stepsIn([entered('AuthorizePayment'), scheduled(), succeeded({}), exited('AuthorizePayment'), entered('AuthorizePayment'), scheduled(), succeeded({})]);
  expect(steps.map(({ attempts }) => attempts.length)).toEqual([1, 1]);
});

it('tells of a step that never got as far as a call why', () => {
  const [step] = stepsIn([entered('RecordShipment'), event('EvaluationFailed', { evaluationFailedEventDetails: { error: 'States.QueryEvaluationError', cause: 'no such field' } })]);
  expect(step?.attempts).toEqual([expect.objectContaining({ outcome: 'FAILED', error: 'States.QueryEvaluationError', answer: 'no such field' })]);
});

it('reads functions that are called by their own ARN as well', () => {
  const [step] = stepsIn([entered('Old'), event('LambdaFunctionScheduled'), event('LambdaFunctionStarted'), event('LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: { error: 'TypeError', cause: 'x' } })]);
  expect(step?.attempts).toEqual([expect.objectContaining({ outcome: 'FAILED', error: 'TypeError' })]);
});

it('never shows what was sent, and cuts what is long', () => {
  const text = JSON.stringify(stepsIn([entered('A'), scheduled(), succeeded('x'.repeat(10_000))]));
  expect(text).not.toContain('secret');
  expect(text.length).toBeLessThan(2_500);
});
