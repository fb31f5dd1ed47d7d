import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { Problem } from '../../../contracts/problem';
import { created, httpFunction } from '../../../lambdas/shared/http';
import { OriginSecret } from '../../../lambdas/shared/origin-secret';
import { ProblemError } from '../../../lambdas/shared/problem-error';
import { logger } from '../../../lambdas/shared/logger';

const secret = new OriginSecret(async () => 'right');
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the middleware reads no more of them
const event = { headers: { 'x-origin-verify': 'right' }, requestContext: { requestId: 'request-1', http: { method: 'GET', path: '/api/x' } } } as unknown as APIGatewayProxyEventV2;
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const context = {} as Context;
const failing = (error: Error) => {
  const logic = async () => {
    throw error;
  };
  return httpFunction(logic, secret)(event, context);
};

let logged: jest.SpyInstance;
beforeEach(() => {
  logged = jest.spyOn(logger, 'error').mockImplementation();
  jest.spyOn(logger, 'info').mockImplementation();
});
afterEach(() => jest.restoreAllMocks());

it('answers in JSON with the id of the request', async () => {
  await expect(httpFunction(async () => created({ a: 1 }, '/api/x/1'), secret)(event, context)).resolves.toEqual({
    statusCode: 201,
    headers: { 'content-type': 'application/json', 'x-request-id': 'request-1', 'cache-control': 'no-store', location: '/api/x/1' },
    body: '{"a":1}',
  });
});

it('does not come to the logic without the secret of the edge', async () => {
  const logic = jest.fn();
  const answer = await httpFunction(logic, new OriginSecret(async () => 'another'))(event, context);
  expect(answer).toMatchObject({ statusCode: 403 });
  expect(logic).not.toHaveBeenCalled();
});

it('answers a refusal with its problem document and headers', async () => {
  const answer = await failing(new ProblemError('method-not-allowed', 'PUT is not.', { headers: { allow: 'GET' }, errors: [{ pointer: '#/a', detail: 'is wrong' }] }));
  expect(answer).toMatchObject({ statusCode: 405, headers: { 'content-type': 'application/problem+json', allow: 'GET', 'cache-control': 'no-store' } });
  expect(JSON.parse(answer.body ?? '')).toEqual({
    type: '/problems/method-not-allowed',
    title: 'This method is not allowed here',
    status: 405,
    detail: 'PUT is not.',
    requestId: 'request-1',
    errors: [{ pointer: '#/a', detail: 'is wrong' }],
  });
});

it('says nothing of an unexpected error but the id to ask for, and logs it', async () => {
  const error = new Error('table products-1234 does not exist');
  const answer = await failing(error);
  expect(Problem.parse(JSON.parse(answer.body ?? ''))).toEqual({ type: '/problems/internal-error', title: expect.any(String), status: 500, requestId: 'request-1' });
  expect(logged).toHaveBeenCalledWith(expect.any(String), error);
});

it('says to come back when DynamoDB is only busy', async () => {
  await expect(failing(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }))).resolves.toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
});
