import { DescribeStatementCommand, ExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import type { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { clicksInRedshift, ordersInRedshift, refresher } from '../../../pipeline/gate/hops/redshift-sinks';

/** Redshift with these ids in it, which ends each statement so, and what it was asked. */
function redshiftWith(there: readonly string[], ends: { Status: string; Error?: string } = { Status: 'FINISHED' }) {
  const asked: { sql: string | undefined; ids: (string | undefined)[] }[] = [];
  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof ExecuteStatementCommand) {
      const { Sql, Parameters = [] } = command.input;
      asked.push({ sql: Sql, ids: Parameters.map(({ value }) => value) });
      return { Id: String(asked.length - 1) };
    }
    if (command instanceof DescribeStatementCommand) return ends;
    return { Records: asked.at(-1)?.ids.flatMap((id) => (id !== undefined && there.includes(id) ? [[{ stringValue: id }]] : [])) };
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a client as far as it is asked
  const client = { send } as unknown as RedshiftDataClient;
  return { asked, props: { client, workgroup: 'website-dev', database: 'website', refresh: async () => undefined } };
}

test('what is there is told, by ids that are bound and in no statement', async () => {
  const { asked, props } = redshiftWith(["b'; DROP TABLE x; --"]);
  expect([...(await clicksInRedshift(props).find(['a', "b'; DROP TABLE x; --"]))]).toEqual(["b'; DROP TABLE x; --"]);
  expect([...(await ordersInRedshift(props).find(['c']))]).toEqual([]);
  expect(asked.map(({ sql }) => sql)).toEqual(['SELECT event_id FROM shop.clicks WHERE event_id IN (CAST(:id0 AS VARCHAR), CAST(:id1 AS VARCHAR))', 'SELECT order_id FROM shop.orders WHERE order_id IN (CAST(:id0 AS VARCHAR))']);
});

test('many ids are looked for in parts', async () => {
  const ids = Array.from({ length: 120 }, (_, index) => `id-${index}`);
  const { asked, props } = redshiftWith(ids);
  expect([...(await clicksInRedshift(props).find(ids))]).toEqual(ids);
  expect(asked.map((one) => one.ids.length)).toEqual([50, 50, 20]);
});

test('a statement that Redshift does not run says why', async () => {
  const { props } = redshiftWith([], { Status: 'FAILED', Error: 'ERROR: permission denied for relation clicks' });
  await expect(clicksInRedshift(props).find(['a'])).rejects.toThrow('permission denied for relation clicks');
});

test('both hops have Redshift read what has come in, together, and say why it could not', async () => {
  let invoked = 0;
  const ends: { FunctionError?: string; Payload?: Uint8Array }[] = [{}, { FunctionError: 'Unhandled', Payload: new TextEncoder().encode('raw.clicks: the usage limit was reached') }];
  const refresh = refresher({ send: async () => ends[invoked++] }, 'arn:refresher');
  await Promise.all([refresh(), refresh()]);
  expect(invoked).toBe(1);
  await expect(refresh()).rejects.toThrow('the usage limit was reached');
});
