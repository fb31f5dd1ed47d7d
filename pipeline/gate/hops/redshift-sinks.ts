import { setTimeout as sleep } from 'node:timers/promises';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeStatementCommand, ExecuteStatementCommand, GetStatementResultCommand, type RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import type { Sink } from './sink';

export interface RedshiftProps {
  readonly client: Pick<RedshiftDataClient, 'send'>;
  readonly workgroup: string;
  readonly database: string;
  /** Has it read what has come in: here it may do so only now and then by itself. */
  readonly refresh: () => Promise<void>;
}

/** All who ask while it is under way wait for the same. @throws Error in Redshift's words when it could not */
export function refresher(client: Pick<LambdaClient, 'send'>, FunctionName: string): () => Promise<void> {
  let running: Promise<void> | undefined;
  const refresh = async (): Promise<void> => {
    const { FunctionError: failed, Payload: said } = await client.send(new InvokeCommand({ FunctionName }));
    if (failed !== undefined) throw new Error(`Redshift was not refreshed: ${new TextDecoder().decode(said)}`);
  };
  return () => (running ??= refresh().finally(() => (running = undefined)));
}

const BETWEEN_LOOKS_MS = 200;
const STATEMENT_DEADLINE_MS = 60_000;
/** The Data API takes 100 KB of SQL and says of parameters only that they are many: so many ids are looked for at once. */
const MOST_IDS = 50;

/** Clicks in the view that reports read: synthetic ones are there, and counted in none. */
export const clicksInRedshift = (props: RedshiftProps): Sink => ({ from: 'click', to: 'Redshift', deadlineSeconds: 300, find: (ids) => found(props, 'SELECT event_id FROM shop.clicks WHERE event_id', ids) });

export const ordersInRedshift = (props: RedshiftProps): Sink => ({ from: 'order', to: 'Redshift', deadlineSeconds: 300, find: (ids) => found(props, 'SELECT order_id FROM shop.orders WHERE order_id', ids) });

async function found(props: RedshiftProps, select: string, ids: readonly string[]): Promise<string[]> {
  await props.refresh();
  const there: string[] = [];
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    // oxlint-disable-next-line no-await-in-loop
    there.push(...(await run(props, select, ids.slice(from, from + MOST_IDS))));
  }
  return there;
}

/** @returns the first column. @throws Error with Redshift's words when it does not run the statement, or not in time */
async function run({ client, workgroup, database }: RedshiftProps, select: string, ids: readonly string[]): Promise<string[]> {
  const Parameters = ids.map((value, index) => ({ name: `id${index}`, value }));
  const Sql = `${select} IN (${Parameters.map(({ name }) => `CAST(:${name} AS VARCHAR)`).join(', ')})`;
  const { Id } = await client.send(new ExecuteStatementCommand({ WorkgroupName: workgroup, Database: database, Sql, Parameters }));
  const deadline = Date.now() + STATEMENT_DEADLINE_MS;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop
    const { Status: status, Error: reason } = await client.send(new DescribeStatementCommand({ Id }));
    if (status === 'FINISHED') break;
    if (status === 'FAILED' || status === 'ABORTED') throw new Error(`Redshift ran no statement: ${reason ?? status}`);
    if (Date.now() > deadline) throw new Error(`Redshift did not answer within ${STATEMENT_DEADLINE_MS / 1_000} s.`);
    // oxlint-disable-next-line no-await-in-loop
    await sleep(BETWEEN_LOOKS_MS);
  }
  // One page has all of them: a click's id is one row, and they are few.
  const { Records = [] } = await client.send(new GetStatementResultCommand({ Id }));
  return Records.flatMap(([id]) => id?.stringValue ?? []);
}
