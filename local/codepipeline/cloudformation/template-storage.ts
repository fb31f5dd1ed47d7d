import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import type { ClientSettings } from '../../aws/roles';

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
const largestBody = 51_200;

export type Template = { readonly TemplateBody: string } | { readonly TemplateURL: string };

/**
 * How a template is handed to CloudFormation: in the request while it is small enough, else in a bucket of the service's
 * own beside the stack.
 *
 * @param service the service itself in the stack's account and region
 */
export async function storeTemplate(body: string, account: string, service: ClientSettings): Promise<Template> {
  if (Buffer.byteLength(body) <= largestBody) return { TemplateBody: body };
  const Bucket = `codepipeline-templates-${account}-${service.region}`;
  const Key = `${createHash('sha256').update(body).digest('hex')}.template`;
  const client = new S3Client(service);
  try {
    await client.send(new CreateBucketCommand({ Bucket })).catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'BucketAlreadyOwnedByYou') throw error;
    });
    await client.send(new PutObjectCommand({ Bucket, Key, Body: body }));
    return { TemplateURL: `https://s3.${service.region}.amazonaws.com/${Bucket}/${Key}` };
  } finally {
    client.destroy();
  }
}
