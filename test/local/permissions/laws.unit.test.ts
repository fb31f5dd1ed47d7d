import * as fc from 'fast-check';
import type { Policies } from '../../../local/permissions/policy/evaluate';
import { ACCOUNT, decide, OTHER, policy, root, service, session, user, type Asked } from './requests';

const actions = fc.constantFrom('s3:GetObject', 's3:Get*', 's3:*', '*', 'kms:Decrypt', 'sts:AssumeRole', 'sqs:SendMessage');
const resources = fc.constantFrom('*', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/k', `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1`, `arn:aws:iam::${ACCOUNT}:role/*`, 'arn:aws:s3:::b/${aws:username}');
const conditions = fc.constantFrom(
  {},
  { Bool: { 'aws:SecureTransport': 'false' } },
  { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
  { StringMatches: { 'aws:username': 'a' } },
  { StringNotEqualsIfExists: { 'aws:username': 'k' } },
);
const principals = fc.constantFrom('*', { AWS: '*' }, { AWS: ACCOUNT }, { AWS: OTHER }, { AWS: `arn:aws:iam::${ACCOUNT}:role/examplerole` }, { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/examplerole/examplesession` }, { Service: 'sns.amazonaws.com' }, { CanonicalUser: 'c' });
const base = { Effect: fc.constantFrom('Allow', 'Deny'), Action: actions, Resource: resources, Condition: conditions };
const identityStatement = fc.record(base);
const resourceStatement = fc.record({ ...base, Principal: principals });
type Element = { readonly Effect: string };
interface Elements {
  readonly identity: readonly Element[];
  readonly boundary: readonly Element[] | null;
  readonly session: readonly Element[] | null;
  readonly resource: readonly Element[] | null;
}

const elements: fc.Arbitrary<Elements> = fc.record({
  identity: fc.array(identityStatement, { maxLength: 4 }),
  boundary: fc.option(fc.array(identityStatement, { maxLength: 3 })),
  session: fc.option(fc.array(identityStatement, { maxLength: 3 })),
  resource: fc.option(fc.array(resourceStatement, { maxLength: 4 })),
});
const asked: fc.Arbitrary<Asked> = fc
  .tuple(
    fc.constantFrom(session(), session(OTHER), user('k'), root(), root(OTHER), service('sns.amazonaws.com')),
    fc.constantFrom(['s3:GetObject', 'arn:aws:s3:::b/k'], ['kms:Decrypt', `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1`], ['sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/r`]),
    fc.constantFrom<Asked['context']>({ 'aws:username': ['k'], 'aws:SecureTransport': ['true'] }, { 'aws:username': null, 'aws:SecureTransport': ['false'] }, {}),
  )
  .map(([principal, [action = '', resource = ''], context]) => ({ principal, action, resource, owner: ACCOUNT, context }));

function compiled({ identity, boundary, session: limits, resource }: Elements): Policies {
  return {
    identity: [policy(identity)],
    boundary: boundary ? policy(boundary) : undefined,
    session: limits ? [policy(limits)] : undefined,
    resource: resource ? policy(resource, 'RESOURCE') : undefined,
  };
}

const decided = (request: Asked, parts: Elements) => decide(request, compiled(parts)).decision;
const layers = fc.constantFrom<'identity' | 'boundary' | 'session' | 'resource'>('identity', 'boundary', 'session', 'resource');
const added = (parts: Elements, layer: keyof Elements, statement: Element): Elements => ({ ...parts, [layer]: [...(parts[layer] ?? []), statement] });

test('another deny never lets a request through', () => {
  fc.assert(fc.property(asked, elements, layers, resourceStatement, (request, parts, layer, { Principal, ...statement }) => {
    // A boundary or session policy that was not there limits, too.
    const before = decided(request, parts);
    const after = decided(request, added(parts, layer, { ...statement, Effect: 'Deny', ...(layer === 'resource' && { Principal }) }));
    expect(before === 'ALLOWED' || after !== 'ALLOWED').toBe(true);
  }), { numRuns: 500 });
});

test('another allow never takes anything away', () => {
  fc.assert(fc.property(asked, elements, layers, resourceStatement, (request, parts, layer, { Principal, ...statement }) => {
    fc.pre(layer === 'identity' || parts[layer] !== null);
    const after = decided(request, added(parts, layer, { ...statement, Effect: 'Allow', ...(layer === 'resource' && { Principal }) }));
    expect(decided(request, parts) !== 'ALLOWED' || after === 'ALLOWED').toBe(true);
  }), { numRuns: 500 });
});

test('the order of statements decides nothing', () => {
  fc.assert(fc.property(asked, elements, (request, parts) => {
    const turned = { identity: parts.identity.toReversed(), boundary: parts.boundary?.toReversed() ?? null, session: parts.session?.toReversed() ?? null, resource: parts.resource?.toReversed() ?? null };
    expect(decided(request, turned)).toBe(decided(request, parts));
  }), { numRuns: 300 });
});

test('a boundary that allows everything limits nothing', () => {
  fc.assert(fc.property(asked, elements, (request, parts) => {
    const wide = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
    expect(decided(request, { ...parts, boundary: wide, session: wide })).toBe(decided(request, { ...parts, boundary: null, session: null }));
  }), { numRuns: 300 });
});

test('knowing more of a request changes no decision that was made', () => {
  fc.assert(fc.property(asked, elements, fc.constantFrom(null, ['o-1'], ['o-2']), (request, parts, organization) => {
    const before = decided(request, parts);
    const after = decided({ ...request, context: { ...request.context, 'aws:PrincipalOrgID': organization } }, parts);
    expect(before === 'UNEVALUATED' || after === before).toBe(true);
  }), { numRuns: 500 });
});
