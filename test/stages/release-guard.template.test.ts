import { Validations } from 'aws-cdk-lib';
import { website } from '../../stages/environments';
import type { Released } from '../../stages/guard/compare';
import type { AcknowledgedLoss } from '../../stages/guard/acknowledged';
import { recordOf } from '../../stages/guard/record-release';
import { ReleaseGuard } from '../../stages/guard/release-guard';
import { assembly, unsynthesized } from '../app/synthesized';

const environments = website.environments.map(({ name }) => name);
const recorded = (): Released => recordOf(assembly().directory, environments);

/** As if the release before had called the orders table of prod otherwise. */
function renamed(): Released {
  const { 'Prod-Orders': orders, ...others } = recorded();
  if (!orders) throw new Error('Prod-Orders is not recorded');
  const { OrdersA9B65338: table, ...tables } = orders.resources;
  if (!table) throw new Error(`the orders table is not among ${Object.keys(orders.resources).join(', ')}`);
  return { ...others, 'Prod-Orders': { ...orders, resources: { ...tables, Orders00000000: table } } };
}

function synth(released: Released, acknowledged: readonly AcknowledgedLoss[] = []): () => unknown {
  const app = unsynthesized();
  Validations.of(app).addPlugins(new ReleaseGuard({ released, acknowledged, environments }));
  return () => app.synth();
}

test('a record holds each table, bucket and user pool of each environment, with what forces its replacement', () => {
  const { 'Prod-Orders': orders, ...others } = recorded();
  expect(Object.keys(others)).toHaveLength(environments.length * 9 - 1);
  expect(orders).toMatchObject({
    account: '444444444444',
    region: 'us-east-1',
    resources: { OrdersA9B65338: { type: 'AWS::DynamoDB::Table', fixed: { KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }], TableName: null } } },
  });
  expect(JSON.stringify(recorded()).length).toBeLessThan(25_000);
});

test('releasing the same again passes', () => {
  expect(synth(recorded())).not.toThrow();
});

test('a table that was released under another logical id fails the synth, by name', () => {
  expect(synth(renamed())).toThrow(/Prod-Orders Orders00000000: AWS::DynamoDB::Table would be lost/);
});

test('it passes once the loss is acknowledged by name', () => {
  expect(synth(renamed(), [{ stack: 'Prod-Orders', logicalId: 'Orders00000000', reason: 'Copied into its successor by hand.' }])).not.toThrow();
});

test('an acknowledgement that is no longer needed fails the synth', () => {
  expect(synth(recorded(), [{ stack: 'Prod-Orders', logicalId: 'Orders00000000', reason: 'Copied into its successor by hand.' }])).toThrow(/nothing is lost here any more/);
});

test('an environment that disappears fails the synth with all it held', () => {
  expect(synth({ ...recorded(), 'Old-Orders': { account: '444444444444', region: 'us-east-1', resources: { Orders1: { type: 'AWS::DynamoDB::Table', fixed: {} } } } })).toThrow(
    /Old-Orders Orders1: AWS::DynamoDB::Table would be lost: its stack is gone/,
  );
});
