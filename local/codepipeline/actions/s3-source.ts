import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import AdmZip from 'adm-zip';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../../aws/errors';
import type { ClientSettings } from '../../aws/roles';
import { ActionFailure, type ActionContext, type ActionProvider, type ActionResult } from './provider';

/** The source action that takes one object; an archive is unpacked, as later actions expect. */
export const s3Source: ActionProvider = { category: 'Source', provider: 'S3', required: ['S3Bucket', 'S3ObjectKey'], run: takeObject };

/** What tells one version of an object from another: its version id, else its ETag. Nothing when it cannot be read. */
export async function objectRevision(settings: ClientSettings, bucket: string, key: string): Promise<string | undefined> {
  const client = new S3Client(settings);
  try {
    const { VersionId, ETag } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return VersionId ?? ETag;
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
}

async function takeObject(context: ActionContext): Promise<ActionResult> {
  const { action, configuration, requestedRevision } = context;
  const { S3Bucket: bucket = '', S3ObjectKey: key = '' } = configuration;
  const client = new S3Client(await context.settings());
  const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: requestedRevision?.revisionId })).catch((error: unknown) => {
    throw new ActionFailure('ConfigurationError', `The object s3://${bucket}/${key} could not be read: ${messageOf(error)}`);
  });
  const content = Buffer.from((await object.Body?.transformToByteArray()) ?? []);
  const artifact = action.outputArtifacts[0]?.name ?? '';
  const folder = await context.output(artifact);
  if (key.endsWith('.zip')) new AdmZip(content).extractAllTo(folder, true, true);
  else await writeFile(path.join(folder, path.basename(key)), content);

  const etag = (object.ETag ?? '').replaceAll('"', '');
  const revisionId = object.VersionId ?? etag;
  return {
    summary: `Amazon S3 version id: ${revisionId}`,
    revision: { action: action.name, artifact, revisionId, summary: `Amazon S3 version id: ${revisionId}` },
    variables: { BucketName: bucket, ObjectKey: key, ETag: etag, VersionId: object.VersionId ?? 'null' },
  };
}
