import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { readFile } from 'node:fs/promises';
import type { Application, Environment } from './assembly';

const STACK = 'CDKToolkit';
/** What `cdk bootstrap` deploys; the package exports it. */
const TEMPLATE = require.resolve('aws-cdk/lib/api/bootstrap/bootstrap-template.yaml');

/**
 * Bootstraps every environment of the application that is not bootstrapped yet, with the CDK CLI's own template.
 * The pipeline's account is trusted by all others.
 */
export async function bootstrap(application: Application, gatewayUrl: string, onProgress: (line: string) => void): Promise<void> {
  const { environments, pipeline, qualifier } = application;
  const missing: { environment: Environment; client: CloudFormationClient }[] = [];
  for (const environment of environments) {
    const client = cloudFormation(gatewayUrl, environment);
    if (!(await exists(client))) missing.push({ environment, client });
  }
  if (missing.length === 0) return;
  const template = await readFile(TEMPLATE, 'utf8');
  for (const { environment, client } of missing) {
    onProgress(`bootstrapping account ${environment.account} in ${environment.region}`);
    await client.send(
      new CreateStackCommand({
        StackName: STACK,
        TemplateBody: template,
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        Parameters: [
          { ParameterKey: 'Qualifier', ParameterValue: qualifier },
          { ParameterKey: 'TrustedAccounts', ParameterValue: environment.account === pipeline.account ? '' : pipeline.account },
          { ParameterKey: 'CloudFormationExecutionPolicies', ParameterValue: 'arn:aws:iam::aws:policy/AdministratorAccess' },
        ],
      }),
    );
    await waitUntilStackCreateComplete({ client, maxWaitTime: 120, minDelay: 1, maxDelay: 1 }, { StackName: STACK });
  }
}

function cloudFormation(gatewayUrl: string, { account, region }: Environment): CloudFormationClient {
  return new CloudFormationClient({ endpoint: gatewayUrl, region, credentials: { accessKeyId: account, secretAccessKey: 'local' } });
}

async function exists(client: CloudFormationClient): Promise<boolean> {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: STACK }));
    return stack?.StackStatus?.endsWith('_COMPLETE') === true && stack.StackStatus !== 'DELETE_COMPLETE';
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') return false;
    throw error;
  }
}
