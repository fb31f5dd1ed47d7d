import { join } from 'node:path';
import { App, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { bundleBare } from '../orders/bareBundle';
import type { DevEnvironment } from '../orders/devEnvironment';
import type { Workplace } from '../workplace';

const STACK = 'Bench-BareClicks';

/** Deploys the bare function beside the shop. @returns the address of its API */
export async function deployBareClicks(place: Workplace, dev: DevEnvironment): Promise<string> {
  const bundle = join(place.folder, 'bareClicks');
  await bundleBare(join(__dirname, 'bareHandler.ts'), bundle);
  const assembly = join(place.folder, 'bareClicks.cdk.out');
  const app = new App({ outdir: assembly });
  new BareClicksStack(app, STACK, { env: { account: dev.account, region: dev.region }, bundle, streamName: (await dev.output('Clickstream', 'ClickStreamArn')).split('/').at(-1) ?? '' });
  app.synth();
  await dev.deployStacks(assembly, STACK);
  return dev.outputOf(STACK, 'ApiUrl');
}

interface BareClicksStackProps extends StackProps {
  /** Folder with the function's bundle, `index.mjs`. */
  readonly bundle: string;
  readonly streamName: string;
}

/** A function behind an HTTP API of its own, with the shop's stream and nothing in front of it. */
class BareClicksStack extends Stack {
  constructor(scope: Construct, id: string, { bundle, streamName, ...props }: BareClicksStackProps) {
    super(scope, id, props);
    const handler = new lambda.Function(this, 'Function', {
      code: lambda.Code.fromAsset(bundle),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 1_024,
      environment: { CLICK_STREAM_NAME: streamName },
    });
    handler.addToRolePolicy(new iam.PolicyStatement({ actions: ['kinesis:PutRecords'], resources: [this.formatArn({ service: 'kinesis', resource: 'stream', resourceName: streamName })] }));
    const api = new apigateway.HttpApi(this, 'Api');
    api.addRoutes({ path: '/api/clicks', methods: [apigateway.HttpMethod.POST], integration: new HttpLambdaIntegration('Integration', handler) });
    new CfnOutput(this, 'ApiUrl', { value: api.apiEndpoint });
  }
}
