import type { IncomingHttpHeaders } from 'node:http';

/** What a request's signature says; that it was made with the secret is not checked on one machine. */
export interface Signature {
  readonly accessKey: string;
  readonly region: string;
  /** Name the request was signed for, e.g. `dynamodb`. */
  readonly service: string;
  /** Absent where the access key is no temporary one. */
  readonly sessionToken?: string;
}

/**
 * Reads the signature of a request: in its headers, or in the query of a presigned URL. Nothing when there is none.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html, the credential scope.
 */
export function signatureOf(headers: IncomingHttpHeaders, url: string): Signature | undefined {
  const query = url.includes('X-Amz-Credential') ? new URL(url, 'http://gateway').searchParams : undefined;
  const credential = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? query?.get('X-Amz-Credential') ?? '';
  const [accessKey, , region, service, end] = credential.split('/');
  if (accessKey === undefined || region === undefined || service === undefined || end !== 'aws4_request') return undefined;
  const header = headers['x-amz-security-token'];
  const sessionToken = (typeof header === 'string' ? header : undefined) ?? query?.get('X-Amz-Security-Token') ?? undefined;
  return { accessKey, region, service, sessionToken };
}
