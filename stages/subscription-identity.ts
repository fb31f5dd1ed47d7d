import { roleArn } from './gate-identity';
import type { WebsiteEnvironment } from './environments';

/** Two roles that know one another by name: the one the step runs as, and the one it takes on in the environment's account. */
export const subscriptionRoles = ({ name, account }: Pick<WebsiteEnvironment, 'name' | 'account'>, pipelineAccount: string) => {
  const project = `website-pipeline-${name.toLowerCase()}-subscription`;
  const environment = `website-${name.toLowerCase()}-subscription`;
  return {
    project: { name: project, arn: roleArn(pipelineAccount, project) },
    environment: { name: environment, arn: roleArn(account, environment) },
  };
};
