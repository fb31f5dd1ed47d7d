import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { artefact } from './artefacts';

/** What every function of an environment has in common. */
export interface FunctionDefaults {
  readonly logRetention: logs.RetentionDays;
}

export interface ServiceFunctionProps {
  /** The handler's file under lambdas/, without extension: `orders/submit-order`. */
  readonly entry: `${string}/${string}`;
  readonly description: string;
  readonly defaults: FunctionDefaults;
  /** @default none */
  readonly environment?: Record<string, string>;
  /**
   * In MiB; CPU grows with it, 1,769 MiB being one vCPU.
   * @default 512, below which the start of a bundled SDK client is what a customer waits for
   */
  readonly memorySize?: number;
  /** @default 10 seconds, which leaves CloudFront and the HTTP API (30 seconds) time to say so */
  readonly timeout?: Duration;
}

/**
 * A function of this house: the bundle that `npm run build` made, Node.js 24 on arm64, a role that may write this
 * function's log and nothing else, and the alias `live`, which is what everything else invokes: adopting one later
 * would rewire every integration.
 *
 * X-Ray stays off: its SDK alone makes a cold start 7.7 times a bare handler's; Powertools logs carry the request id.
 */
export class ServiceFunction extends Construct implements iam.IGrantable {
  readonly live: lambda.Alias;
  readonly log: logs.ILogGroup;
  readonly role: iam.IRole;
  readonly grantPrincipal: iam.IPrincipal;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const [noun] = props.entry.split('/');
    const logGroup = new logs.LogGroup(this, 'Log', { retention: props.defaults.logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);

    const handler = new lambda.Function(this, 'Function', {
      description: props.description,
      code: lambda.Code.fromAsset(artefact(`lambdas/${props.entry}`)),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: props.memorySize ?? 512,
      timeout: props.timeout ?? Duration.seconds(10),
      role,
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      environment: {
        POWERTOOLS_SERVICE_NAME: noun ?? props.entry,
        POWERTOOLS_METRICS_NAMESPACE: 'Website',
        ...props.environment,
      },
    });
    this.live = new lambda.Alias(this, 'Live', { aliasName: 'live', version: handler.currentVersion });
    this.log = logGroup;
    this.role = role;
    this.grantPrincipal = role;
  }
}
