import type { ContextValues } from '../policy/context';

/** A signed request to AWS, as the gateway receives it. */
export interface Call {
  /** Name the request was signed for, e.g. `dynamodb`. */
  readonly service: string;
  readonly region: string;
  /** Account of the caller. */
  readonly account: string;
  readonly method: string;
  /** Path and query, e.g. `/bucket/key?versionId=3`. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Empty where `readsBody` says that it is not read. */
  readonly body: string;
}

/** One action on one resource that a call must be allowed. */
export interface Need {
  /** E.g. `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN; `*` where the action is on no resource. */
  readonly resource: string;
  /** @default the account in the ARN */
  readonly resourceAccount?: string;
  /** Condition keys that the call itself gives. */
  readonly keys: ContextValues;
}

/** What a call needs, all of it; nothing where AWS asks for no permission. */
export interface CallNeeds {
  /** As the service calls it, e.g. `TransactWriteItems`. */
  readonly operation: string;
  readonly needs: readonly Need[];
}

/** A call of which it cannot be said what it needs; the message names it. */
export class UnreadableCall extends Error {
  /** As far as it is known what was called. */
  readonly operation?: string;

  constructor(message: string, options: ErrorOptions & { readonly operation?: string } = {}) {
    super(message, options);
    this.operation = options.operation;
  }
}

type Found = string | undefined | Promise<string | undefined>;

/** What a call does not say about what it names. `undefined`: there is no such thing. */
export interface Deployed {
  /** Account that owns a bucket. */
  bucketOwner(bucket: string): Found;
  /** ARN of a secret, which ends in six characters that callers rarely know. `id` is a name, an ARN, or an ARN without them. */
  secretArn(account: string, region: string, id: string): Found;
  /** ARN of the key that an alias, given by its ARN, stands for. */
  keyOfAlias(alias: string): Found;
  stackArn(account: string, region: string, name: string): Found;
  /** ARN of the state machine that waits with this token. */
  stateMachineOfTask(token: string): Found;
  /** The workgroup of Athena that a query was asked in. */
  workgroupOfQuery(account: string, region: string, id: string): Found;
  /** The identity that SES sends for an address by: the address or its domain. */
  mailIdentity(account: string, region: string, address: string): Found;
}

/** Where a call is made. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly deployed: Deployed;
  /** ARN in this account and region, unless others are said; `rest` is all that follows the account. */
  readonly arn: (service: string, rest: string, account?: string, region?: string) => string;
}

export function placeOf({ account, region }: Pick<Call, 'account' | 'region'>, deployed: Deployed): Place {
  const [, partition] = /^(cn|us-gov)-/.exec(region) ?? [];
  const prefix = partition === undefined ? 'arn:aws' : `arn:aws-${partition}`;
  return { account, region, deployed, arn: (service, rest, owner = account, where = region) => `${prefix}:${service}:${where}:${owner}:${rest}` };
}
