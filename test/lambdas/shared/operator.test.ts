import { operatorOf } from '../../../lambdas/shared/operator';
import type { HttpEvent } from '../../../lambdas/shared/request';

const called = (claims: object): HttpEvent => ({ requestContext: { authorizer: { jwt: { claims: { sub: 'eve', client_id: 'web', token_use: 'access', ...claims } } } } }) as unknown as HttpEvent;

it.each(['[operators]', '[editors operators]'])('takes a member of the group for an operator: %s', (groups) => {
  expect(operatorOf(called({ 'cognito:groups': groups }))).toBe('operator:eve');
});

it.each([undefined, '', 'operators', '[]', '[editors]', '[editors,operators]', '[operators-of-old]', '[ operators', 'x[operators]'])('takes nobody else for one: %s', (groups) => {
  expect(() => operatorOf(called(groups === undefined ? {} : { 'cognito:groups': groups }))).toThrow(expect.objectContaining({ code: 'not-an-operator' }));
});

it('wants an access token first', () => {
  expect(() => operatorOf(called({ token_use: 'id', 'cognito:groups': '[operators]' }))).toThrow(expect.objectContaining({ code: 'not-signed-in' }));
});
