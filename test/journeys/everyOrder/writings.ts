import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CloudWatchLogsClient, paginateDescribeLogGroups, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { GetSecretValueCommand, ListSecretVersionIdsCommand, RotateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { paginateGetExecutionHistory, SFNClient } from '@aws-sdk/client-sfn';
import { eventually } from '../../support/eventually';
import type { Books } from './books';
import type { Customers } from './customers';
import type { DevEnvironment } from '../devEnvironment';

/** By what it is: `the carrier's key`. */
export type Secrets = ReadonlyMap<string, readonly string[]>;
/** By where it stands: `function log /aws/lambda/…`, `history`, `machine log ministack.log`. */
export type Writings = ReadonlyMap<string, string>;

/** Puts another secret between CloudFront and the API, as the schedule does once a month. */
export async function rotateOriginSecret(dev: DevEnvironment): Promise<void> {
  const client = new SecretsManagerClient(dev.settings);
  const [SecretId] = (await dev.resources('Edge', 'AWS::SecretsManager::Secret')).values();
  const { VersionId } = await client.send(new RotateSecretCommand({ SecretId }));
  await eventually(async () => (await client.send(new GetSecretValueCommand({ SecretId }))).VersionId === VersionId);
}

/** All that proves who somebody is, as it was used for these orders. */
export async function secretsOf(dev: DevEnvironment, customers: Customers, { payments }: Books): Promise<Secrets> {
  const client = new SecretsManagerClient(dev.settings);
  const versionsOf = async (stack: string): Promise<string[]> => {
    const texts: string[] = [];
    for (const SecretId of (await dev.resources(stack, 'AWS::SecretsManager::Secret')).values()) {
      const { Versions = [] } = await client.send(new ListSecretVersionIdsCommand({ SecretId }));
      for (const { VersionId } of Versions) texts.push((await client.send(new GetSecretValueCommand({ SecretId, VersionId }))).SecretString ?? '');
    }
    return texts;
  };
  return new Map([
    ["the payment provider's key", [await dev.providerKey('payment')]],
    ["the carrier's key", [await dev.providerKey('carrier')]],
    ['what CloudFront proves itself with', await versionsOf('Edge')],
    ['what webhooks are signed with', await versionsOf('Workflow')],
    ['a token', customers.tokens],
    ['what a browser may confirm a payment with', payments.flatMap(({ client_secret: secret }) => secret ?? [])],
  ]);
}

/** The logs of functions, the histories of executions, and what the parts of this machine print. */
export async function writingsOf(dev: DevEnvironment, { executions }: Books): Promise<Writings> {
  const writings = new Map<string, string>();
  const logs = new CloudWatchLogsClient(dev.settings);
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: logs }, {})) {
    for (const { logGroupName } of logGroups) {
      const lines: string[] = [];
      for await (const { events = [] } of paginateFilterLogEvents({ client: logs }, { logGroupName })) lines.push(...events.map(({ message = '' }) => message));
      writings.set(`function log ${logGroupName}`, lines.join('\n'));
    }
  }
  const sfn = new SFNClient(dev.settings);
  const history: string[] = [];
  for (const { executionArn } of executions) {
    for await (const { events = [] } of paginateGetExecutionHistory({ client: sfn, pageSize: 1_000 }, { executionArn })) history.push(JSON.stringify(events));
  }
  writings.set('history', history.join('\n'));
  for (const file of readdirSync(dev.logs)) writings.set(`machine log ${file}`, readFileSync(path.join(dev.logs, file), 'utf8'));
  return writings;
}

/** Each secret that stands in a writing, by what it is and where. */
export function leaksIn(writings: Writings, secrets: Secrets): string[] {
  const kinds = [...secrets].map(([what, texts]) => ({ what, texts: texts.filter((text) => text !== '') }));
  return [...writings].flatMap(([where, text]) => kinds.filter(({ texts }) => texts.some((secret) => text.includes(secret))).map(({ what }) => `${what} in ${where}`));
}
