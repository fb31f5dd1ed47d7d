import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ROUTES, trafficOf } from '../../contracts/http';
import type { Route, Traffic } from '../../contracts/http';
import type { PublicApi } from '../shared/api';
import { OriginSecretRotation } from './origin-secret-rotation';
import type { Site } from './site';

export interface ApiStageStackProps extends StackProps {
  readonly api: Pick<PublicApi, 'httpApi' | 'originSecret'>;
  /** What sends the secret to the API. */
  readonly site: Site;
  readonly webAclArn: string;
  readonly logRetention: logs.RetentionDays;
  /** Requests a second that each route takes, steadily and for a moment. */
  readonly throttling: Readonly<Record<Traffic, apigateway.ThrottleSettings>>;
}

/**
 * Opens the API once all of its routes are there: a stage that sets limits for a route which does not exist yet is
 * refused (https://github.com/aws/serverless-application-model/issues/2479). What is needed of an open API comes with it.
 */
export class ApiStageStack extends Stack {
  constructor(scope: Construct, id: string, props: ApiStageStackProps) {
    super(scope, id, props);
    const log = new logs.LogGroup(this, 'AccessLog', { retention: props.logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const stage = new apigateway.HttpStage(this, 'Stage', {
      httpApi: props.api.httpApi,
      stageName: '$default',
      autoDeploy: true,
      throttle: props.throttling.reads,
      detailedMetricsEnabled: true,
      accessLogSettings: { destination: new apigateway.LogGroupLogDestination(log), format: accessLogFormat },
    });
    const { defaultChild } = stage.node;
    if (!(defaultChild instanceof apigateway.CfnStage)) throw new Error('HttpStage has another resource than the stage');
    defaultChild.addPropertyOverride('RouteSettings', Object.fromEntries(Object.values<Route>(ROUTES).flatMap((route) => ownSettings(route, props.throttling))));

    const rotation = new OriginSecretRotation(this, 'Rotation', {
      secret: props.api.originSecret,
      site: props.site,
      webAclArn: props.webAclArn,
      apiUrl: props.api.httpApi.apiEndpoint,
      defaults: { logRetention: props.logRetention },
    });
    // Its trial run asks the API whether it lets somebody in.
    rotation.node.addDependency(stage);
  }
}

/** What a route has instead of the stage's settings, all of which it then has to repeat. */
function ownSettings(route: Route, throttling: ApiStageStackProps['throttling']): [routeKey: string, settings: Readonly<Record<string, unknown>>][] {
  const traffic = trafficOf(route);
  if (traffic === 'reads') return [];
  const { rateLimit, burstLimit } = throttling[traffic];
  return [[`${route.method} ${route.path}`, { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit, DetailedMetricsEnabled: true }]];
}

const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    method: '$context.httpMethod',
    route: '$context.routeKey',
    path: '$context.path',
    status: '$context.status',
    latency: '$context.responseLatency',
    size: '$context.responseLength',
    error: '$context.error.message',
    authorizerError: '$context.authorizer.error',
    integrationError: '$context.integrationErrorMessage',
  }),
);
