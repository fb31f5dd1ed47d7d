import { isDeepStrictEqual } from 'node:util';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { fullDiff, ResourceImpact, type ResourceDifference, type TemplateDiff } from '@aws-cdk/cloudformation-diff';
import type { ChangeKind, ResourceChange, Widening } from '../../model';

/** A CloudFormation template, as far as it is compared. */
export interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly [section: string]: unknown;
}

interface TemplateResource {
  readonly Type: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface TemplateChanges {
  readonly resources: ResourceChange[];
  readonly widenings: Widening[];
}

const kinds: Partial<Record<ResourceImpact, ChangeKind>> = {
  [ResourceImpact.WILL_DESTROY]: 'removed',
  [ResourceImpact.WILL_ORPHAN]: 'left behind',
  [ResourceImpact.WILL_REPLACE]: 'replaced',
  [ResourceImpact.MAY_REPLACE]: 'perhaps replaced',
  [ResourceImpact.WILL_CREATE]: 'added',
  [ResourceImpact.WILL_IMPORT]: 'added',
};
/** What comes of other changes: a version of each function that changes, and what the CDK notes of its own libraries. */
const CONSEQUENCES = new Set(['AWS::Lambda::Version', 'AWS::CDK::Metadata']);
/** What can lose most comes first. */
const order: readonly ChangeKind[] = ['removed', 'left behind', 'replaced', 'perhaps replaced', 'changed', 'added'];

/** What deploying `next` over `deployed` does; a stack that is not there yet is an empty template. */
export function templateChanges(deployed: Template, next: Template): TemplateChanges {
  if (isDeepStrictEqual(deployed, next)) return { resources: [], widenings: [] };
  const diff = fullDiff(deployed, next);
  const resources = diff.resources.logicalIds.flatMap((logicalId) => resourceChange(logicalId, diff.resources.get(logicalId)));
  return { resources: resources.toSorted(byWeight), widenings: [...grants(diff), ...openings(diff)] };
}

const byWeight = (one: ResourceChange, other: ResourceChange): number =>
  Number(other.stateful) - Number(one.stateful) || order.indexOf(one.kind) - order.indexOf(other.kind) || one.name.localeCompare(other.name);

function resourceChange(logicalId: string, difference: ResourceDifference): ResourceChange[] {
  const { changeImpact, propertyUpdates, otherChanges } = difference;
  const resource = resourceOf(difference.newValue) ?? resourceOf(difference.oldValue);
  if (!resource || CONSEQUENCES.has(resource.Type)) return [];
  const properties = difference.isUpdate ? [...Object.keys(propertyUpdates), ...Object.keys(otherChanges).filter((name) => name !== 'Metadata')] : [];
  // Of a custom resource the library cannot say what a change does; a change it is.
  const kind = kinds[changeImpact] ?? 'changed';
  if (kind === 'changed' && properties.length === 0) return [];
  return [{ logicalId, name: nameOf(logicalId, resource), type: resource.Type, kind, stateful: isStateful(resource), properties }];
}

const resourceOf = (value: unknown): TemplateResource | undefined => (isTemplateResource(value) ? value : undefined);

const isTemplateResource = (value: unknown): value is TemplateResource => typeof value === 'object' && value !== null && 'Type' in value && typeof value.Type === 'string';

/** The construct's path below its stack where the CDK wrote it down, which people know better than the logical id. */
function nameOf(logicalId: string, { Metadata }: TemplateResource): string {
  const path = Metadata?.['aws:cdk:path'];
  if (typeof path !== 'string') return logicalId;
  const parts = path.split('/').filter((part) => part !== 'Resource');
  // pipeline/stage/stack/construct…, or stack/construct… outside of a pipeline.
  return parts.slice(parts.length > 3 ? 3 : 1).join('/') || logicalId;
}

/** It holds data, as AWS's specification of resources says, or its author means it to be kept. */
function isStateful({ Type, DeletionPolicy = 'Delete', UpdateReplacePolicy = 'Delete' }: TemplateResource): boolean {
  const [specified] = loadedSpecification().lookup('resource', 'cloudFormationType', 'equals', Type);
  return specified?.isStateful === true || [DeletionPolicy, UpdateReplacePolicy].some((policy) => /^(Retain|Snapshot)/.test(policy));
}

let specification: ReturnType<typeof loadAwsServiceSpecSync> | undefined;
const loadedSpecification = (): ReturnType<typeof loadAwsServiceSpecSync> => (specification ??= loadAwsServiceSpecSync());

/** What somebody may do from now on that they might not before. */
function grants({ iamChanges: { statements, managedPolicies } }: TemplateDiff): Widening[] {
  const allowed = statements.additions.filter(({ isNegativeStatement }) => !isNegativeStatement);
  const noLongerDenied = statements.removals.filter(({ isNegativeStatement }) => isNegativeStatement);
  return [
    ...[...allowed, ...noLongerDenied].map((statement) => {
      const { principal, action, resource, condition, effect } = statement.render();
      return { kind: 'permission', who: inWords(principal), what: `${noLongerDenied.includes(statement) ? `no longer: ${effect} ` : ''}${action}`, where: inWords(resource), ...(condition && { condition }) } as const;
    }),
    ...managedPolicies.additions.map(({ identityArn, managedPolicyArn }) => ({ kind: 'permission', who: inWords(identityArn), what: managedPolicyArn, where: 'as that policy says' }) as const),
  ];
}

function openings({ securityGroupChanges: { ingress, egress } }: TemplateDiff): Widening[] {
  return [
    ...ingress.additions.map((rule) => ({ kind: 'network', who: `from ${rule.describePeer()}`, what: rule.describeProtocol(), where: inWords(rule.groupId) }) as const),
    ...egress.additions.map((rule) => ({ kind: 'network', who: `to ${rule.describePeer()}`, what: rule.describeProtocol(), where: inWords(rule.groupId) }) as const),
  ];
}

/** `AWS:${Handler.Arn}` is what the library calls a resource of the same template. */
const inWords = (rendered: string): string => rendered.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => name.replace(/\.(Arn|GroupId)$/, '')).replaceAll(/^AWS:/gm, '');
