import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { eventually } from '../../support/eventually';
import { tools } from './pipelineFixtures';

interface Settings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const statement = (principal: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }] });
const powerful = (RoleName: string, trusted: object) => ({
  Type: 'AWS::IAM::Role',
  Properties: { RoleName, AssumeRolePolicyDocument: statement(trusted), ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
});

/** The roles that the tests' pipelines, projects and actions name: they may do everything, and trust whom they have to. */
export async function makeRoles(settings: (account: string) => Settings): Promise<void> {
  await makeIn(settings(tools), {
    Pipeline: powerful('pipeline', { Service: ['codepipeline.amazonaws.com', 'cloudformation.amazonaws.com'] }),
    Build: powerful('build', { Service: 'codebuild.amazonaws.com' }),
  });
  await makeIn(settings('222222222222'), { Deploy: powerful('deploy', { AWS: tools }) });
}

async function makeIn(settings: Settings, resources: object): Promise<void> {
  const client = new CloudFormationClient(settings);
  await client.send(new CreateStackCommand({ StackName: 'roles', TemplateBody: JSON.stringify({ Resources: resources }), Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  await eventually(async () => (await client.send(new DescribeStacksCommand({ StackName: 'roles' }))).Stacks?.[0]?.StackStatus === 'CREATE_COMPLETE');
}
