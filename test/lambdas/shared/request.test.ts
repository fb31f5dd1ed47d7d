import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { bodyOf, callerOf, idempotencyKeyOf, textOf } from '../../../lambdas/shared/request';

const Anything = z.unknown();
const event = (more: object): APIGatewayProxyEventV2 =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the functions read no more of it
  ({ headers: { 'content-type': 'application/json' }, isBase64Encoded: false, requestContext: {}, ...more }) as unknown as APIGatewayProxyEventV2;

it.each(['application/json', 'Application/JSON; charset=utf-8'])('takes a body of the type %s', (type) => {
  expect(bodyOf(event({ headers: { 'content-type': type }, body: '{"a":1}' }), Anything)).toEqual({ a: 1 });
});

it('reads a body that API Gateway has encoded', () => {
  expect(bodyOf(event({ body: Buffer.from('{"a":"ü"}').toString('base64'), isBase64Encoded: true }), Anything)).toEqual({ a: 'ü' });
});

it.each([
  ['other media types', { headers: { 'content-type': 'text/json' }, body: '{}' }, 'unsupported-media-type'],
  ['no media type', { headers: {}, body: '{}' }, 'unsupported-media-type'],
  ['no body', {}, 'malformed-json'],
  ['bytes that are not UTF-8', { body: Buffer.from([0x22, 0xff, 0x22]).toString('base64'), isBase64Encoded: true }, 'malformed-json'],
  ['a body over 8 KiB, counted in bytes', { body: JSON.stringify('ü'.repeat(4 * 1024)) }, 'body-too-large'],
  ['a body that is too large before it is read', { body: `{${' '.repeat(8 * 1024)}` }, 'body-too-large'],
])('refuses %s', (_, request, code) => {
  expect(() => bodyOf(event(request), Anything)).toThrow(expect.objectContaining({ code }));
});

it("takes a webhook's body up to 64 KiB", () => {
  expect(textOf(event({ body: 'x'.repeat(64 * 1024) }))).toHaveLength(64 * 1024);
  expect(() => textOf(event({ body: 'x'.repeat(64 * 1024 + 1) }))).toThrow(expect.objectContaining({ code: 'body-too-large' }));
});

it('points at a field by RFC 6901', () => {
  const contract = z.strictObject({ 'a/b': z.array(z.object({ c: z.int() })) });
  expect(() => bodyOf(event({ body: '{"a/b":[{"c":1},{"c":"x"}]}' }), contract)).toThrow(
    expect.objectContaining({ options: expect.objectContaining({ errors: [{ pointer: '#/a~1b/1/c', detail: 'must be a number' }] }) }),
  );
});

it.each(['"8e03978e-40d5-43e8"', '8e03978e-40d5-43e8', ' "8e03978e-40d5-43e8" '])('takes the idempotency key %j, quoted as in the draft or bare', (header) => {
  expect(idempotencyKeyOf(event({ headers: { 'idempotency-key': header } }))).toBe('8e03978e-40d5-43e8');
});

it.each([
  ['', 'idempotency-key-missing'],
  ['short', 'invalid-parameter'],
  ['with blanks in it', 'invalid-parameter'],
  ['x'.repeat(256), 'invalid-parameter'],
])('refuses the idempotency key %j', (header, code) => {
  expect(() => idempotencyKeyOf(event({ headers: { 'idempotency-key': header } }))).toThrow(expect.objectContaining({ code }));
});

it('knows the caller by an access token and takes no id token for one', () => {
  const withClaims = (claims: object) => event({ requestContext: { authorizer: { jwt: { claims } } } });
  expect(callerOf(withClaims({ sub: 'ada', client_id: 'web', token_use: 'access' }))).toEqual({ customerId: 'ada', clientId: 'web' });
  expect(() => callerOf(withClaims({ sub: 'ada', aud: 'web', token_use: 'id' }))).toThrow(expect.objectContaining({ code: 'not-signed-in' }));
  expect(() => callerOf(event({}))).toThrow(expect.objectContaining({ code: 'not-signed-in' }));
});
