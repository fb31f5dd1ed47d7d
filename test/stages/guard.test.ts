import { losses } from '../../stages/guard/compare';
import type { CurrentStack, Released } from '../../stages/guard/compare';
import { lackingProtection } from '../../stages/guard/stateful';
import type { TemplateResource } from '../../stages/guard/stateful';

const table = (properties: Record<string, unknown> = {}): TemplateResource => ({
  Type: 'AWS::DynamoDB::Table',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: {
    KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }],
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    ...properties,
  },
});

const place = { account: '444444444444', region: 'us-east-1' };
const released: Released = {
  'Prod-Orders': { ...place, resources: { Orders1: { type: 'AWS::DynamoDB::Table', fixed: { KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }], TableName: null } } } },
};

const synthesized = (resources: Record<string, TemplateResource>, where: Partial<CurrentStack> = {}): Map<string, CurrentStack> =>
  new Map([['Prod-Orders', { ...place, template: { Resources: resources }, ...where }]]);

describe('what a release would lose', () => {
  test('nothing is lost by a release that changes nothing', () => {
    expect(losses(released, synthesized({ Orders1: table() }))).toEqual([]);
  });

  test('a table whose logical id changes is lost', () => {
    expect(losses(released, synthesized({ Orders2: table() }))).toEqual([
      { stack: 'Prod-Orders', logicalId: 'Orders1', reason: 'AWS::DynamoDB::Table would be lost: the template no longer has this logical id' },
    ]);
  });

  test('a table whose key changes is replaced', () => {
    expect(losses(released, synthesized({ Orders1: table({ KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }) }))).toEqual([
      { stack: 'Prod-Orders', logicalId: 'Orders1', reason: 'AWS::DynamoDB::Table would be replaced: KeySchema changes' },
    ]);
  });

  test('a table that is given a name it did not have is replaced', () => {
    expect(losses(released, synthesized({ Orders1: table({ TableName: 'orders' }) }))[0]?.reason).toContain('TableName changes');
  });

  test('a table that becomes something else is lost', () => {
    expect(losses(released, synthesized({ Orders1: { Type: 'AWS::S3::Bucket' } }))[0]?.reason).toContain('now means a AWS::S3::Bucket');
  });

  test('a stack that is renamed loses all it holds', () => {
    expect(losses(released, new Map())[0]?.reason).toContain('its stack is gone');
  });

  test('a stack that moves to another region leaves its data behind', () => {
    expect(losses(released, synthesized({ Orders1: table() }, { region: 'eu-west-1' }))[0]?.reason).toContain('us-east-1 to 444444444444/eu-west-1');
  });

  test('a change that CloudFormation makes in place is no loss', () => {
    expect(losses(released, synthesized({ Orders1: table({ DeletionProtectionEnabled: true, BillingMode: 'PROVISIONED' }) }))).toEqual([]);
  });

  test('a new table is no loss', () => {
    expect(losses(released, synthesized({ Orders1: table(), Quotes1: table() }))).toEqual([]);
  });

  test('a first release has nothing to lose', () => {
    expect(losses({}, synthesized({ Orders1: table() }))).toEqual([]);
  });
});

describe('what protects data', () => {
  test('a retained table with point-in-time recovery lacks nothing', () => {
    expect(lackingProtection(table())).toEqual([]);
  });

  test('a table that goes with its stack and cannot be taken back is named with all it lacks', () => {
    expect(lackingProtection({ Type: 'AWS::DynamoDB::Table', Properties: {} })).toEqual([
      'is not retained on deletion',
      'is not retained on replacement',
      'has no point-in-time recovery',
    ]);
  });

  test('a bucket without versions is named', () => {
    expect(lackingProtection({ Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })).toEqual(['has no versions']);
  });
});
