import { createHash } from 'node:crypto';

/** Namespaces and workgroups by account, region and name. The ids in ARNs follow from the names, so that whoever checks permissions knows a workgroup's ARN without asking. */
export interface Named {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

export const idOf = (kind: Kind, { account, region, name }: Named): string =>
  createHash('sha256').update(`${kind}/${account}/${region}/${name}`).digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

export const arnOf = (kind: Kind, named: Named): string => `arn:aws:redshift-serverless:${named.region}:${named.account}:${kind}/${idOf(kind, named)}`;

export type Kind = 'namespace' | 'workgroup' | 'usagelimit';
