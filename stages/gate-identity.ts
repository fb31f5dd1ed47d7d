import { Arn, Aws } from 'aws-cdk-lib';
import type { WebsiteEnvironment } from './environments';

/**
 * The gate's two roles know one another by name, because they live in two accounts: the one its CodeBuild project
 * runs as, and the one it takes on in the environment.
 */
export const gateRoles = ({ name, account }: Pick<WebsiteEnvironment, 'name' | 'account'>, pipelineAccount: string) => {
  const project = `website-pipeline-${name.toLowerCase()}-gate`;
  const environment = `website-${name.toLowerCase()}-gate`;
  return {
    project: { name: project, arn: roleArn(pipelineAccount, project) },
    environment: { name: environment, arn: roleArn(account, environment) },
  };
};

export const roleArn = (account: string, name: string): string =>
  Arn.format({ partition: Aws.PARTITION, service: 'iam', region: '', account, resource: 'role', resourceName: name });
