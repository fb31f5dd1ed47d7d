import { UnreadableCall, type Place } from './call';
import type { Input } from './input';
import { isArn, on, onEverything, type Readers } from './readers';

/** A name that no secret has is what AWS's own errors name as the resource; only a policy for `*` allows it. */
const secretArn = async (id: string, { account, region, deployed }: Place): Promise<string> => (await deployed.secretArn(account, region, id)) ?? id;

export const secretsmanager: Readers = {
  ...on('GetSecretValue DescribeSecret PutSecretValue UpdateSecret DeleteSecret RestoreSecret ListSecretVersionIds UpdateSecretVersionStage RotateSecret CancelRotateSecret GetResourcePolicy PutResourcePolicy TagResource', (input, at) => secretArn(input.needed('SecretId'), at)),
  ...on('CreateSecret', (input, at) => at.arn('secretsmanager', `secret:${input.needed('Name')}-??????`)),
  ...onEverything('ListSecrets GetRandomPassword'),
};

/** A version or label after the name is no part of the resource; a name may begin with a slash, its ARN has one in any case. */
function parameterArn(name: string, at: Place): string {
  const arn = isArn(name) ? name : at.arn('ssm', `parameter/${name.replace(/^\//, '')}`);
  return arn.replace(/^((?:[^:]*:){5}[^:]*):.*$/, '$1');
}

export const ssm: Readers = {
  ...on('GetParameter PutParameter DeleteParameter GetParameterHistory', (input, at) => parameterArn(input.needed('Name'), at)),
  ...on('GetParameters DeleteParameters', (input, at) => input.neededTexts('Names').map((name) => parameterArn(name, at))),
  ...on('GetParametersByPath', (input, at) => parameterArn(input.needed('Path'), at)),
  ...onEverything('DescribeParameters'),
};

/** What is done under an alias is asked of its key. */
async function key(input: Input, at: Place): Promise<string> {
  const id = input.needed('KeyId');
  if (!/(^|:)alias\//.test(id)) return isArn(id) ? id : at.arn('kms', `key/${id}`);
  const found = await at.deployed.keyOfAlias(isArn(id) ? id : at.arn('kms', id));
  if (found === undefined) throw new UnreadableCall(`${input.operation} names its key by the alias ${id}, which is not there`);
  return found;
}

export const kms: Readers = {
  ...on('Encrypt Decrypt DescribeKey GenerateDataKey GenerateDataKeyWithoutPlaintext GetKeyPolicy', key),
  ...onEverything('ListKeys ListAliases'),
};

const stream = (input: Input, at: Place): string => input.text('StreamARN') ?? at.arn('kinesis', `stream/${input.needed('StreamName')}`);

export const kinesis: Readers = {
  ...on('PutRecord PutRecords DescribeStream DescribeStreamSummary GetShardIterator ListShards GetRecords', stream),
  ...onEverything('ListStreams'),
};

export const firehose: Readers = on('PutRecord PutRecordBatch DescribeDeliveryStream', (input, at) => at.arn('firehose', `deliverystream/${input.needed('DeliveryStreamName')}`));
