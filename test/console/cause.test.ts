import { causeOf, inWords } from '../../console/page/cause';
import type { StackEvent } from '../../console/model';

let count = 0;
const event = (logicalId: string, status: string, reason?: string, type = 'AWS::DynamoDB::Table'): StackEvent => ({
  id: String((count += 1)),
  at: '2026-11-20T08:00:00.000Z',
  logicalId,
  type,
  status,
  reason,
});
const stack = (logicalId: string, status: string, reason?: string) => event(logicalId, status, reason, 'AWS::CloudFormation::Stack');

test('the first resource that failed is the cause, and what was given up because of it is counted', () => {
  const cause = causeOf([
    stack('Dev-Shop', 'CREATE_IN_PROGRESS'),
    event('Queue', 'CREATE_FAILED', 'Resource creation cancelled'),
    event('Orders', 'CREATE_FAILED', 'Table already exists'),
    event('Topic', 'CREATE_FAILED', 'Resource creation cancelled'),
    stack('Dev-Shop', 'ROLLBACK_IN_PROGRESS', 'The following resource(s) failed to create: [Orders, Queue, Topic].'),
    event('Logs', 'DELETE_FAILED', 'The bucket is not empty'),
  ]);
  expect(cause).toMatchObject({ what: 'Orders could not be created', why: 'Table already exists', cancelled: 2 });
});

test('a stack that failed for one inside of it is not the cause, what failed in there is', () => {
  const cause = causeOf([
    stack('Inner', 'UPDATE_FAILED', 'Embedded stack arn:aws:cloudformation:… was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS'),
    event('Orders', 'UPDATE_FAILED', 'Throughput exceeds the limit'),
  ]);
  expect(cause).toMatchObject({ what: 'Orders could not be changed', why: 'Throughput exceeds the limit' });
});

test('where nothing else is known, the stack’s own failure or one on the way back is told', () => {
  expect(causeOf([stack('Inner', 'CREATE_FAILED', 'Template error')])).toMatchObject({ what: 'Inner could not be created', why: 'Template error' });
  expect(causeOf([event('Logs', 'DELETE_FAILED', 'The bucket is not empty')])).toMatchObject({ what: 'Logs could not be removed' });
  expect(causeOf([stack('Dev-Shop', 'UPDATE_ROLLBACK_FAILED')])).toMatchObject({ what: 'Dev-Shop failed' });
});

test('a deployment that went well has no cause', () => {
  expect(causeOf([])).toBeUndefined();
  expect(causeOf([event('Orders', 'CREATE_COMPLETE'), event('Queue', 'CREATE_FAILED', 'Resource creation cancelled')])).toBeUndefined();
});

test.each([
  ['a resource handler’s', 'Resource handler returned message: "Table already exists" (RequestToken: 1a2b, HandlerErrorCode: AlreadyExists)', 'Table already exists'],
  [
    'an SDK’s within it',
    'Resource handler returned message: "User is not authorized to perform: sns:CreateTopic on resource: x (Service: Sns, Status Code: 403, Request ID: 1-2) (SDK Attempt Count: 1)" (RequestToken: 1a2b, HandlerErrorCode: AccessDenied)',
    'User is not authorized to perform: sns:CreateTopic on resource: x',
  ],
  ['an older SDK’s', 'Bucket exists (Service: AmazonS3; Status Code: 409; Error Code: BucketAlreadyExists; Request ID: 1; Proxy: null)', 'Bucket exists'],
  ['a custom resource’s', 'Received response status [FAILED] from custom resource. Message returned: No such product (a, b) (RequestId: 1-2)', 'No such product (a, b)'],
  ['one of several lines', 'Resource handler returned message: "first\nsecond" (RequestToken: 1)', 'first\nsecond'],
  ['one with nothing around it', 'Rate exceeded (try later)', 'Rate exceeded (try later)'],
])('%s reason is told without its wrapping', (_, reason, words) => {
  expect(inWords(reason)).toBe(words);
});
