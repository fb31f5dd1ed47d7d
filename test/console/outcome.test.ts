import type { StackEvent } from '../../console/model';
import { outcomeOf } from '../../console/page/outcome';

const event = (logicalId: string, status: string, reason?: string, type = 'AWS::SNS::Topic'): StackEvent => ({ id: `${logicalId}${status}`, at: '2026-11-20T08:00:00.000Z', logicalId, type, status, reason });
const stack = (status: string) => event('Dev-Shop', status, undefined, 'AWS::CloudFormation::Stack');

test('a deployment is told by what became of each resource, the losses first', () => {
  expect(
    outcomeOf([
      stack('UPDATE_IN_PROGRESS'),
      event('Queue', 'CREATE_IN_PROGRESS'),
      event('Queue', 'CREATE_COMPLETE'),
      event('Topic', 'CREATE_COMPLETE'),
      event('Orders', 'UPDATE_COMPLETE'),
      event('Logs', 'DELETE_COMPLETE'),
      stack('UPDATE_COMPLETE'),
    ]),
  ).toEqual([
    { kind: 'Removed', resources: ['Logs'] },
    { kind: 'Changed', resources: ['Orders'] },
    { kind: 'Added', resources: ['Queue', 'Topic'] },
  ]);
});

test('what is replaced is told as such, although it is made anew before and deleted after', () => {
  expect(
    outcomeOf([
      event('Orders', 'UPDATE_IN_PROGRESS', 'Requested update requires the creation of a new physical resource; hence creating one.'),
      event('Orders', 'UPDATE_COMPLETE'),
      event('Orders', 'DELETE_COMPLETE'),
    ]),
  ).toEqual([{ kind: 'Replaced', resources: ['Orders'] }]);
});

test('what is still on its way is not told yet, and what is taken back not at all', () => {
  expect(outcomeOf([event('Queue', 'CREATE_IN_PROGRESS')])).toEqual([]);
  expect(outcomeOf([event('Queue', 'CREATE_COMPLETE'), stack('ROLLBACK_IN_PROGRESS'), event('Queue', 'DELETE_COMPLETE')])).toEqual([]);
});
