import { Duration, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { RouteName } from '../../contracts/http';
import { ApiFunction } from '../shared/api';
import type { PublicApi } from '../shared/api';
import { ServiceFunction } from '../shared/function';
import type { FunctionDefaults, ServiceFunctionProps } from '../shared/function';
import { RetainedTable } from '../shared/table';
import { Alarms } from './alarms';
import { Mail } from './mail';
import { Operators } from './operators';
import { OrderMachines } from './order-machines';
import { OrderStarts } from './order-starts';
import { ProcessOrder } from './process-order';
import { Providers } from './providers';
import type { ProvidersProps } from './providers';
import { Reconcile } from './reconcile';
import { TellCustomer } from './tell-customer';
import { UndoOrder } from './undo-order';
import { UnheardEvents } from './unheard-events';

export interface WorkflowStackProps extends StackProps {
  readonly api: PublicApi;
  readonly functions: FunctionDefaults;
  readonly userPool: IUserPool;
  /** The shop's address, without a slash at its end. */
  readonly siteUrl: string;
  readonly orders: RetainedTable;
  readonly products: RetainedTable;
  readonly deletionProtection: boolean;
  readonly providers: Omit<ProvidersProps, 'functions' | 'siteUrl'>;
  readonly mailSender: string;
  /** `Dev`; keeps its figures apart from those of other environments in the same account. */
  readonly environmentName: string;
  /** Who is told when an alarm rings. @default nobody, until somebody subscribes to the topic */
  readonly alarmEmail?: string;
  /** What changes the secret between CloudFront and the API. */
  readonly originRotator: IFunction;
}

/** From an accepted order to a paid, shipped and confirmed one, or to one that is undone completely. */
export class WorkflowStack extends Stack {
  constructor(scope: Construct, id: string, props: WorkflowStackProps) {
    super(scope, id, props);
    const { orders, products, api, functions: defaults } = props;
    const { logRetention } = defaults;
    const providers = new Providers(this, 'Providers', { ...props.providers, functions: defaults, siteUrl: props.siteUrl });
    const mail = new Mail(this, 'Mail', { sender: props.mailSender });
    const waits = new RetainedTable(this, 'Waits', { partitionKey: 'orderId', timeToLiveAttribute: 'deleteAfter', deletionProtection: props.deletionProtection });

    const tables = { ORDERS_TABLE_NAME: orders.tableName };
    const working = (functionId: string, more: Omit<ServiceFunctionProps, 'defaults'>): ServiceFunction => {
      const fn = new ServiceFunction(this, functionId, { defaults, ...more, environment: { ...tables, ...more.environment } });
      orders.allow(fn, 'GetItem', 'PutItem');
      return fn;
    };
    const paying = (functionId: string, entry: `workflow/${string}`, description: string): ServiceFunction => {
      const fn = working(functionId, { entry, description, environment: providers.paymentEnvironment, timeout: Duration.seconds(30) });
      providers.grantPayment(fn);
      return fn;
    };
    const authorizePayment = paying('AuthorizePayment', 'workflow/authorize-payment', "Holds an order's total on the customer's card");
    const capturePayment = paying('CapturePayment', 'workflow/capture-payment', 'Takes the money that is held');
    const releasePayment = paying('ReleasePayment', 'workflow/release-payment', 'Lets go of held money, or gives it back');
    const keepOrder = paying('KeepOrder', 'workflow/keep-order', 'Ends an undoing that came too late');
    const sendMail = working('SendMail', {
      entry: 'workflow/send-mail',
      description: 'Tells a customer how their order stands',
      environment: { ...mail.environment, SITE_URL: props.siteUrl, USER_POOL_ID: props.userPool.userPoolId },
      timeout: Duration.seconds(20),
    });
    mail.grantSend(sendMail);
    props.userPool.grant(sendMail, 'cognito-idp:AdminGetUser');

    const recordMailEvent = working('RecordMailEvent', { entry: 'workflow/record-mail-event', description: 'Writes down what became of a mail' });
    const unheard = new UnheardEvents(this, 'UnheardEvents');
    mail.onDelivery(unheard.orHandledBy(recordMailEvent.live));

    const common = { orders, logRetention, sendMail: sendMail.live, carrier: providers.carrier };
    const processOrder = new ProcessOrder(this, 'ProcessOrder', { ...common, waits, authorizePayment: authorizePayment.live, capturePayment: capturePayment.live });
    const undoOrder = new UndoOrder(this, 'UndoOrder', { ...common, products, releasePayment: releasePayment.live, keepOrder: keepOrder.live });
    const tellCustomer = new TellCustomer(this, 'TellCustomer', common);
    const starts = new OrderStarts(this, 'Starts', { orders, functions: defaults, unheard, processOrder, undoOrder, tellCustomer });

    const answering = (functionId: string, route: RouteName, entry: `workflow/${string}`, description: string, environment: Record<string, string>): ApiFunction => {
      const fn = new ApiFunction(this, functionId, route, { api, defaults, entry, description, environment: { ...tables, ...environment } });
      orders.allow(fn, 'GetItem', 'PutItem');
      return fn;
    };
    const waking = { WAITS_TABLE_NAME: waits.tableName };
    const letWake = (fn: ApiFunction): void => {
      waits.allow(fn, 'UpdateItem');
      iam.Grant.addToPrincipal({ grantee: fn, actions: ['states:SendTaskSuccess'], resourceArns: [processOrder.stateMachine.stateMachineArn] });
    };
    letWake(answering('CancelOrder', 'cancelOrder', 'workflow/cancel-order', "Cancels one's own order before the carrier has it", waking));
    const receivePayment = answering('ReceivePaymentEvent', 'receivePaymentEvent', 'workflow/receive-payment-event', "The payment provider's webhook", { ...waking, ...providers.paymentEnvironment, PAYMENT_WEBHOOK_SECRET: providers.paymentWebhookSecret.secretArn });
    letWake(receivePayment);
    letVerify(receivePayment, providers.paymentWebhookSecret);
    providers.grantPayment(receivePayment);
    const receiveCarrier = answering('ReceiveCarrierEvent', 'receiveCarrierEvent', 'workflow/receive-carrier-event', "The carrier's callbacks", { CARRIER_WEBHOOK_SECRET: providers.carrierWebhookSecret.secretArn });
    letVerify(receiveCarrier, providers.carrierWebhookSecret);

    const machines = new OrderMachines(processOrder.stateMachine, undoOrder.stateMachine, tellCustomer.stateMachine);
    const metricNamespace = `Website/${props.environmentName}`;
    new Operators(this, 'Operators', { api, functions: defaults, orders, machines, unheard });
    new Reconcile(this, 'Reconcile', { functions: defaults, orders, waits, machines, providers, metricNamespace });
    new Alarms(this, 'Alarms', {
      email: props.alarmEmail,
      machines,
      starter: starts.starter,
      failures: starts.failures,
      unheard,
      webhooks: [receivePayment, receiveCarrier],
      registrar: providers.registrar,
      originRotator: props.originRotator,
      metricNamespace,
    });
  }
}

const letVerify = (grantee: iam.IGrantable, { secretArn }: ISecret): iam.Grant => iam.Grant.addToPrincipal({ grantee, actions: ['secretsmanager:GetSecretValue'], resourceArns: [secretArn] });
