import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';
import { UnreadableCall, type Call, type Place } from './call';
import type { Wanted } from './readers';

/** Query parameters that say how, not what. */
const MANNER = /^(x-id|list-type|prefix|delimiter|max-[a-z]+|marker|[a-z-]+-marker|continuation-token|start-after|encoding-type|fetch-owner|partNumber|versionId|response-[a-z-]+|x-amz-.*)$/i;

/** Actions on buckets by method and sub-resource: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html. */
const OF_BUCKETS: Readonly<Record<string, string>> = {
  GET: 'ListBucket', HEAD: 'ListBucket', PUT: 'CreateBucket', DELETE: 'DeleteBucket',
  'GET versions': 'ListBucketVersions', 'GET uploads': 'ListBucketMultipartUploads', 'GET location': 'GetBucketLocation', 'GET policyStatus': 'GetBucketPolicyStatus',
  'DELETE policy': 'DeleteBucketPolicy', 'DELETE website': 'DeleteBucketWebsite',
  ...readAndWrite({ acl: 'BucketAcl', cors: 'BucketCORS', encryption: 'EncryptionConfiguration', lifecycle: 'LifecycleConfiguration', logging: 'BucketLogging', notification: 'BucketNotification', 'object-lock': 'BucketObjectLockConfiguration', ownershipControls: 'BucketOwnershipControls', policy: 'BucketPolicy', publicAccessBlock: 'BucketPublicAccessBlock', replication: 'ReplicationConfiguration', tagging: 'BucketTagging', versioning: 'BucketVersioning', website: 'BucketWebsite' }),
};
const OF_OBJECTS: Readonly<Record<string, string>> = {
  GET: 'GetObject', HEAD: 'GetObject', PUT: 'PutObject', DELETE: 'DeleteObject',
  'POST uploads': 'PutObject', 'PUT uploadId': 'PutObject', 'POST uploadId': 'PutObject', 'GET uploadId': 'ListMultipartUploadParts', 'DELETE uploadId': 'AbortMultipartUpload',
  'POST restore': 'RestoreObject', 'DELETE tagging': 'DeleteObjectTagging',
  ...readAndWrite({ acl: 'ObjectAcl', 'legal-hold': 'ObjectLegalHold', retention: 'ObjectRetention', tagging: 'ObjectTagging' }),
};
/** Actions that are named otherwise when the call names a version of the object. */
const OF_VERSIONS = /^(Get|Put|Delete)(Object)(|Acl|Tagging)$/;
/** Headers of an upload that need a permission of their own. */
const BY_HEADER: readonly (readonly [RegExp, string])[] = [
  [/^x-amz-(acl|grant-.*)$/, 'PutObjectAcl'],
  [/^x-amz-tagging$/, 'PutObjectTagging'],
  [/^x-amz-object-lock-(mode|retain-until-date)$/, 'PutObjectRetention'],
  [/^x-amz-object-lock-legal-hold$/, 'PutObjectLegalHold'],
];

const texts = z.union([z.string(), z.number()]).transform(String);
const Deletion = z.object({ Delete: z.object({ Object: z.array(z.object({ Key: texts, VersionId: texts.optional() })) }) });
const xml = new XMLParser({ isArray: (name) => name === 'Object', parseTagValue: false });

function readAndWrite(names: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(names).flatMap(([part, name]) => [[`GET ${part}`, `Get${name}`], [`PUT ${part}`, `Put${name}`]]));
}

/** Only the list of objects to delete is in a body; an upload is never read. */
export const readsStorageBody = ({ method, url }: Pick<Call, 'method' | 'url'>): boolean => method === 'POST' && new URL(url, 'http://s3').searchParams.has('delete');

/** What a call of S3 does and what it needs. A bucket that is not there is asked in the caller's account; S3 itself then says so. */
export async function readStorageCall(call: Call, at: Place): Promise<{ operation: string; wanted: Wanted[] }> {
  const { pathname, searchParams } = new URL(call.url, 'http://s3');
  const [bucket = '', ...rest] = [...bucketOfHost(call), ...pathname.slice(1).split('/')];
  const key = decode(rest.join('/'));
  if (bucket === '') return { operation: 'ListAllMyBuckets', wanted: [{ resource: '*' }] };
  const resourceAccount = (await at.deployed.bucketOwner(bucket)) ?? at.account;
  const bucketArn = at.arn('s3', bucket, '', '');
  const owned = { resourceAccount, keys: { 's3:ResourceAccount': [resourceAccount], ...listing(searchParams) } };
  const [part, ...more] = [...searchParams.keys()].filter((name) => !MANNER.test(name));
  const route = part === undefined ? call.method : `${call.method} ${part}`;
  if (more.length > 0) throw new UnreadableCall(`S3 is asked for ${[part, ...more].join(' and ')} at once`);

  if (key === '' && route === 'POST delete') {
    const { Delete } = Deletion.parse(xml.parse(call.body));
    const wanted = Delete.Object.map(({ Key, VersionId }) => ({ ...owned, resource: `${bucketArn}/${Key}`, action: VersionId === undefined ? 'DeleteObject' : 'DeleteObjectVersion' }));
    return { operation: 'DeleteObjects', wanted };
  }
  const action = (key === '' ? OF_BUCKETS : OF_OBJECTS)[route];
  if (action === undefined) throw new UnreadableCall(`S3 is asked to ${route} ${key === '' ? 'a bucket' : 'an object'}`);
  const wanted: Wanted[] = [{ ...owned, action: searchParams.has('versionId') ? action.replace(OF_VERSIONS, '$1$2Version$3') : action, resource: key === '' ? bucketArn : `${bucketArn}/${key}` }];
  if (action === 'PutObject' && key !== '') wanted.push(...byHeader(call, { ...owned, resource: `${bucketArn}/${key}` }), ...(await copied(call, at)));
  return { operation: action, wanted };
}

function byHeader({ headers }: Call, wanted: Wanted): Wanted[] {
  const names = Object.keys(headers);
  return BY_HEADER.filter(([header]) => names.some((name) => header.test(name))).map(([, action]) => ({ ...wanted, action }));
}

async function copied({ headers }: Call, at: Place): Promise<Wanted[]> {
  const source = headers['x-amz-copy-source'];
  if (typeof source !== 'string') return [];
  const [, bucket = '', key = '', version] = /^\/?([^/]+)\/(.*?)(\?versionId=.*)?$/.exec(source) ?? [];
  const resourceAccount = (await at.deployed.bucketOwner(bucket)) ?? at.account;
  return [{ action: version === undefined ? 'GetObject' : 'GetObjectVersion', resource: at.arn('s3', `${bucket}/${decode(key)}`, '', ''), resourceAccount, keys: { 's3:ResourceAccount': [resourceAccount] } }];
}

/** What a listing is limited to; the keys are absent from other calls. */
function listing(query: URLSearchParams): Record<string, string[] | null> {
  return Object.fromEntries(['prefix', 'delimiter', 'max-keys'].map((name) => [`s3:${name}`, query.has(name) ? query.getAll(name) : null]));
}

const bucketOfHost = ({ headers }: Call): string[] => /^([a-z0-9.-]+)\.(?:s3[.-]|localhost\b)/.exec(String(headers['host']))?.slice(1, 2) ?? [];

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UnreadableCall(`S3 is asked for the key ${text}, which cannot be read`);
  }
}
