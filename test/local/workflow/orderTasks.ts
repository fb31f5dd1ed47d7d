import { GetItemCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { TaskDoesNotExist } from '@aws-sdk/client-sfn';
import type { Execution } from '../../../lambdas/workflow/executions';
import { MailRequest, sendMail } from '../../../lambdas/workflow/mail/mailing';
import type { WorkflowOrders } from '../../../lambdas/workflow/orders-table';
import { authorizePayment } from '../../../lambdas/workflow/payment/authorization';
import { capturePayment } from '../../../lambdas/workflow/payment/capture';
import { keepOrder, KeepRequest } from '../../../lambdas/workflow/payment/keep';
import type { Payments } from '../../../lambdas/workflow/payment/payments';
import { releasePayment } from '../../../lambdas/workflow/payment/release';
import { shipmentRequestOf } from '../../../lambdas/workflow/shipment-request';
import { StepInput } from '../../../lambdas/workflow/step';
import { TaskFailed } from '../../support/stateMachine';
import type { Task } from '../../support/stateMachine';
import type { OrderTables } from './orderTables';
import type { VirtualTime } from './virtualTime';

/** What can go wrong with a step besides what the sandboxes do: before its work, or after it, the answer being lost. */
export type StepFault = 'throttle' | 'lost-before' | 'lost-after' | 'poison';

export interface Sent {
  readonly orderId: string;
  readonly mail: string;
  readonly subject: string;
}

interface OrderTasksProps {
  readonly tables: OrderTables;
  readonly time: VirtualTime;
  readonly orders: WorkflowOrders;
  readonly payments: Payments;
  readonly carrier: (request: Request) => Promise<Response>;
  readonly siteUrl: string;
}

const CARRIER_CALL_SECONDS = 20;

/** Does what the states ask for: functions by their own code, DynamoDB and the carrier by their APIs. */
export class OrderTasks {
  readonly mails: Sent[] = [];
  /** The next step of this state fails so. */
  readonly faults: { state: string; fault: StepFault }[] = [];
  readonly sfn: Pick<SFNClient, 'send'>;
  readonly #props: OrderTasksProps;
  readonly #waiting = new Map<string, () => void>();

  constructor(props: OrderTasksProps) {
    this.#props = props;
    const send = async ({ input }: SendTaskSuccessCommand): Promise<object> => {
      const wake = this.#waiting.get(input.taskToken ?? '');
      if (!wake) throw new TaskDoesNotExist({ message: 'Task Timed Out', $metadata: {} });
      wake();
      return {};
    };
    this.sfn = { send: send as SFNClient['send'] };
  }

  async perform(task: Task, _execution: Execution): Promise<unknown> {
    const fault = this.#takeFault(task.state);
    if (fault === 'throttle') throw new TaskFailed(throttled(task.resource));
    if (fault === 'lost-before') throw new TaskFailed(lost(task.resource));
    if (fault === 'poison') throw new TaskFailed('TypeError', 'planted');
    const result = await this.#do(task);
    if (fault === 'lost-after') throw new TaskFailed(lost(task.resource));
    return result;
  }

  #takeFault(state: string): StepFault | undefined {
    const index = this.faults.findIndex((planned) => planned.state === state);
    return index < 0 ? undefined : this.faults.splice(index, 1)[0]?.fault;
  }

  #do(task: Task): Promise<unknown> {
    const [, , , , , , service = ''] = task.resource.split(':');
    if (task.resource.includes(':::lambda:')) return this.#invoke(task.arguments as { FunctionName: string; Payload: unknown });
    if (task.resource.includes(':::http:')) return this.#callCarrier(task.arguments as HttpArguments);
    if (task.resource.includes(':::aws-sdk:dynamodb:')) return this.#dynamoDb(task);
    throw new Error(`No task for ${task.resource} (${service})`);
  }

  async #invoke({ FunctionName: name, Payload: payload }: { FunctionName: string; Payload: unknown }): Promise<unknown> {
    const { orders, payments, time, siteUrl } = this.#props;
    const invoked = async (): Promise<unknown> => {
      if (name.startsWith('SendMail')) return this.#mail(MailRequest.parse(payload), siteUrl);
      if (name.startsWith('KeepOrder')) {
        const { orderId, undoingId } = KeepRequest.parse(payload);
        return keepOrder({ orders, payments }, orderId, undoingId);
      }
      const { orderId } = StepInput.parse(payload);
      if (name.startsWith('AuthorizePayment')) {
        const result = await authorizePayment({ orders, payments, now: time.now }, orderId);
        return result.outcome === 'AUTHORIZED' ? { outcome: result.outcome, shipment: shipmentRequestOf(result.order) } : result;
      }
      if (name.startsWith('CapturePayment')) return capturePayment({ orders, payments }, orderId);
      if (name.startsWith('ReleasePayment')) return releasePayment({ orders, payments }, orderId);
      throw new Error(`There is no function ${name}`);
    };
    try {
      return { StatusCode: 200, Payload: JSON.parse(JSON.stringify((await invoked()) ?? null)) as unknown };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw new TaskFailed(error.name, `${error.message}\n${error.stack ?? ''}`);
    }
  }

  #mail(request: MailRequest, siteUrl: string): Promise<unknown> {
    return sendMail(
      {
        orders: this.#props.orders,
        addressOf: () => Promise.reject(new Error('Every order here has an address')),
        send: async ({ subject }) => {
          this.mails.push({ orderId: request.orderId, mail: request.mail, subject });
        },
        siteUrl,
      },
      request,
    );
  }

  async #callCarrier({ ApiEndpoint: url, Method: method, Headers: headers, RequestBody: body }: HttpArguments): Promise<unknown> {
    let response: Response;
    try {
      response = await this.#props.carrier(new Request(`https://carrier.test${new URL(url).pathname}`, { method, headers: { ...headers, 'x-api-key': 'key_world' }, ...(body !== undefined && { body: JSON.stringify(body) }) }));
    } catch (error) {
      // A closed connection, or one on which nothing comes until the state's own deadline.
      await this.#props.time.sleep(CARRIER_CALL_SECONDS);
      throw new TaskFailed('States.Http.Socket', String(error));
    }
    const text = await response.text();
    const answer = { StatusCode: response.status, Headers: {}, ResponseBody: text && (JSON.parse(text) as unknown) };
    if (!response.ok) throw new TaskFailed(`States.Http.StatusCode.${response.status}`, JSON.stringify(answer));
    return answer;
  }

  async #dynamoDb({ resource, arguments: input, token, timeoutSeconds }: Task): Promise<unknown> {
    const waits = resource.endsWith('.waitForTaskToken');
    const [, operation = ''] = /:dynamodb:(\w+)/.exec(resource) ?? [];
    const sleep = waits ? this.#props.time.wake(timeoutSeconds ?? 60) : undefined;
    if (sleep) this.#waiting.set(token, sleep.early);
    try {
      const result = await (waits ? this.#props.time.work(() => this.#send(operation, input)) : this.#send(operation, input));
      if (!sleep) return result;
    } catch (error) {
      sleep?.early();
      await sleep?.rung;
      this.#waiting.delete(token);
      throw new TaskFailed(`DynamoDb.${error instanceof Error ? error.name : 'SdkClientException'}`, String(error));
    }
    const how = await sleep.rung;
    this.#waiting.delete(token);
    if (how === 'time') throw new TaskFailed('States.Timeout');
    return {};
  }

  // The arguments are what the API takes, in its own spelling: the definition's tests are what checks them.
  #send(operation: string, input: unknown): Promise<unknown> {
    const { client } = this.#props.tables;
    switch (operation) {
      case 'updateItem':
        return client.send(new UpdateItemCommand(input as UpdateItemCommand['input']));
      case 'getItem':
        return client.send(new GetItemCommand(input as GetItemCommand['input']));
      case 'transactWriteItems':
        return client.send(new TransactWriteItemsCommand(input as TransactWriteItemsCommand['input']));
      default:
        return Promise.reject(new Error(`No ${operation} here`));
    }
  }
}

interface HttpArguments {
  readonly ApiEndpoint: string;
  readonly Method: string;
  readonly Headers?: Record<string, string>;
  readonly RequestBody?: unknown;
}

const throttled = (resource: string): string => (resource.includes(':lambda:') ? 'Lambda.TooManyRequestsException' : resource.includes(':http:') ? 'States.Http.StatusCode.429' : 'DynamoDb.ProvisionedThroughputExceededException');
const lost = (resource: string): string => (resource.includes(':lambda:') ? 'Lambda.Unknown' : resource.includes(':http:') ? 'States.Http.Socket' : 'DynamoDb.SdkClientException');
