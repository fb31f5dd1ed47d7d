import { Duration } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { retryCarrier } from './retries';

export interface Carrier {
  /** `https://api.carrier.example` */
  readonly apiUrl: string;
  /** Holds the shop's key, which stands in no state machine. */
  readonly connection: events.IConnection;
}

/** Books the shipment of the order's id. The carrier knows a repeated call by it. */
export const bookShipment = (scope: Construct, carrier: Carrier, outputs: unknown): tasks.HttpInvoke =>
  shipmentCall(scope, 'BookShipment', carrier, { method: 'PUT', body: '{% $states.input.shipment %}', outputs });

/** Takes the booking back, and any that is still on its way to the carrier. */
export const recallShipment = (scope: Construct, carrier: Carrier): tasks.HttpInvoke => shipmentCall(scope, 'RecallShipment', carrier, { method: 'DELETE', outputs: '{% $states.input %}' });

function shipmentCall(scope: Construct, id: string, { apiUrl, connection }: Carrier, call: { readonly method: string; readonly body?: string; readonly outputs: unknown }): tasks.HttpInvoke {
  const task = tasks.HttpInvoke.jsonata(scope, id, {
    // The role may call whatever begins so: without the path, also a host whose name goes on.
    apiRoot: `${apiUrl}/v1/shipments`,
    apiEndpoint: sfn.TaskInput.fromText('{% $orderId %}'),
    method: sfn.TaskInput.fromText(call.method),
    ...(call.body !== undefined && { body: sfn.TaskInput.fromText(call.body) }),
    headers: sfn.TaskInput.fromObject({ 'Content-Type': 'application/json' }),
    connection,
    outputs: call.outputs,
    taskTimeout: sfn.Timeout.duration(Duration.seconds(20)),
  });
  retryCarrier(task);
  return task;
}
