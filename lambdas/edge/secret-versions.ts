import { DescribeSecretCommand, GetSecretValueCommand, PutSecretValueCommand, UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretVersions } from './origin-rotation';

/** The versions of one secret, at Secrets Manager. */
export const secretVersions = (client: SecretsManagerClient, SecretId: string): SecretVersions => ({
  value: async (version) => {
    try {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId, ...(version === 'AWSCURRENT' ? { VersionStage: version } : { VersionId: version.id }) }));
      return SecretString;
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  },
  addPending: async (id, text) => {
    await client.send(new PutSecretValueCommand({ SecretId, ClientRequestToken: id, SecretString: text, VersionStages: ['AWSPENDING'] }));
  },
  idOfCurrent: async () => {
    const { VersionIdsToStages: stages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
    return Object.keys(stages).find((id) => stages[id]?.includes('AWSCURRENT'));
  },
  makeCurrent: async (id, instead) => {
    await client.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: id, RemoveFromVersionId: instead }));
  },
});
