import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { DescribeStateMachineCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { OrderRecord } from '../../contracts/order-record';
import { freePorts } from '../../local/host/ports';
import { sandboxPorts, type SandboxPorts } from '../../local/sandbox/sandboxes';
import { eventually } from '../../test/support/eventually';
import { DevEnvironment } from '../orders/devEnvironment';
import type { Section } from '../report';
import { alternate } from '../rounds';
import type { Workplace } from '../workplace';
import { callsSince, holdParcels, moveParcels } from './calls';
import { Definition } from './emptied';
import { EmptyStack } from './emptyStack';
import { executionArn, historyOf, perSecond, succeeded, transitionsIn } from './executions';
import { perOrderRows, type Taken } from './perOrder';
import { WorkflowOrders } from './workflowOrders';

const ROUNDS = 5;
const ORDERS_A_ROUND = 40;
const FOLLOWED = 5;
const EMPTY_STACK = 'Bench-EmptyWorkflow';

interface Machines {
  readonly processOrder: string;
  readonly tellCustomer: string;
  readonly empty: string;
}

/** How many orders a second the whole workflow of this machine confirms, against a state machine of the same states with nothing in them; and what an order takes. */
export async function measureWorkflow(place: Workplace): Promise<Section> {
  const sandboxes = sandboxPorts(await freePorts(3));
  const dev = await DevEnvironment.deploy(place, { sandboxes });
  // What becomes of the parcels afterwards would be in the way of the next orders.
  await holdParcels(sandboxes.carrier);
  const sfn = new SFNClient(dev.settings);
  const processOrder = await dev.stateMachine('ProcessOrder');
  const machines: Machines = { processOrder, tellCustomer: await dev.stateMachine('TellCustomer'), empty: await deployEmpty(place, dev, sfn, processOrder) };
  const orders = await WorkflowOrders.open(dev);
  const ended = (machine: string, names: readonly string[]) => Promise.all(names.map((name) => succeeded(sfn, executionArn(machine, name), place.signal)));

  const measures = new Map([
    ['whole', async () => perSecond(await ended(machines.processOrder, await orders.accept(ORDERS_A_ROUND)))],
    ['empty', async () => perSecond(await ended(machines.empty, await startAll(sfn, machines.empty, ORDERS_A_ROUND)))],
  ]);
  // Once outside the rounds: functions start.
  await alternate(1, measures);
  const figure = await alternate(ROUNDS, measures);
  const [whole, empty] = [figure('whole'), figure('empty')];

  const { confirmed, delivered } = await follow(orders, { sfn, machines, sandboxes, ended });
  return {
    title: 'Workflow: orders a second against empty steps, and what an order takes',
    rows: [
      { what: 'orders confirmed', figures: { 'a second': whole }, ratio: { value: whole / empty, unit: '%' } },
      { what: 'executions of the same states, empty', figures: { 'a second': empty } },
      ...perOrderRows('confirmed', confirmed, { transitions: 10, payment: 3, carrier: 1, mails: 1, writes: 6 }),
      ...perOrderRows('delivered', delivered, { transitions: 16, payment: 3, carrier: 1, mails: 3 }),
    ],
    notes: [
      `Medians of ${ROUNDS} alternating rounds of ${ORDERS_A_ROUND} orders, all at once, from the start of the first execution to the end of the last.`,
      "Whole: the deployed ProcessOrder, started by the orders table's stream, with its functions, tables and the sandboxes of payment, carrier and mail.",
      'Empty: the same definition; the three calls of functions call one that gives back at once what it is given, every other task is a Pass.',
      `What an order takes is counted over ${FOLLOWED} orders, in the histories of their executions, the sandboxes' records and the orders' versions.`,
      'The least is what docs/architecture.md says, and a sixth write that says that the mail has arrived.',
      'Prices of us-east-1 in US cents for 1,000 orders; Lambda, DynamoDB and what Stripe and the carrier ask for come on top.',
    ],
  };
}

/** @returns the ARN of a machine with the states of another and nothing in them */
async function deployEmpty(place: Workplace, dev: DevEnvironment, sfn: SFNClient, stateMachineArn: string): Promise<string> {
  const { definition = '' } = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const assembly = join(place.folder, 'empty.cdk.out');
  const app = new App({ outdir: assembly });
  new EmptyStack(app, EMPTY_STACK, { env: { account: dev.account, region: dev.region }, definition: Definition.parse(JSON.parse(definition)) });
  app.synth();
  await dev.deployStacks(assembly, EMPTY_STACK);
  return dev.outputOf(EMPTY_STACK, 'StateMachineArn');
}

/** @returns the executions' names */
async function startAll(sfn: SFNClient, stateMachineArn: string, count: number): Promise<string[]> {
  const input = JSON.stringify({ orderId: 'none', lines: [] });
  const started = await Promise.all(Array.from({ length: count }, () => sfn.send(new StartExecutionCommand({ stateMachineArn, input }))));
  return started.map(({ executionArn: arn = '' }) => arn.split(':').at(-1) ?? '');
}

interface Following {
  readonly sfn: SFNClient;
  readonly machines: Machines;
  readonly sandboxes: SandboxPorts;
  readonly ended: (machine: string, names: readonly string[]) => Promise<unknown>;
}

/** What some orders take until they are confirmed, and until they are delivered. */
async function follow(orders: WorkflowOrders, { sfn, machines, sandboxes, ended }: Following): Promise<{ readonly confirmed: Taken; readonly delivered: Taken }> {
  const since = new Date().toISOString();
  const ids = await orders.accept(FOLLOWED);
  const taken = async (mails: number, executions: readonly string[]): Promise<Taken> => {
    // That a mail has arrived is written down a moment after the execution that sent it has ended.
    const rested = await Promise.all(ids.map((id) => eventually(async () => withArrived(mails, await orders.find(id)), 60)));
    const transitions = (await Promise.all(executions.map((arn) => historyOf(sfn, arn)))).map(transitionsIn);
    return { orders: ids.length, transitions: sum(transitions), writes: sum(rested.map(({ version }) => version - 1)), ...(await callsSince(since, ids, sandboxes)) };
  };
  await ended(machines.processOrder, ids);
  const processed = ids.map((id) => executionArn(machines.processOrder, id));
  const confirmed = await taken(1, processed);

  const told: string[] = [];
  await moveParcels(sandboxes.carrier, ids);
  for (const mail of ['handed-over', 'delivered']) {
    const names = ids.map((id) => `${id}-${mail}`);
    await moveParcels(sandboxes.carrier, ids);
    await ended(machines.tellCustomer, names);
    told.push(...names.map((name) => executionArn(machines.tellCustomer, name)));
  }
  return { confirmed, delivered: await taken(3, [...processed, ...told]) };
}

const withArrived = (mails: number, order: OrderRecord): OrderRecord | undefined => (order.timeline.filter(({ event }) => event === 'MAIL_DELIVERED').length === mails ? order : undefined);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
