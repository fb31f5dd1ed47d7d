import { isDeepStrictEqual } from 'node:util';

/** A CloudFormation template, as far as the guard reads it. */
export interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

interface Recovery {
  /** What a resource of this type needs to undo a mistake made inside it, in words. */
  readonly needs: string;
  readonly isGiven: (properties: Readonly<Record<string, unknown>>) => boolean;
}

const bySetting = (needs: string, property: string, setting: Readonly<Record<string, unknown>>): Recovery => ({
  needs,
  isGiven: (properties) => isDeepStrictEqual(properties[property], setting),
});

/** The types that hold what cannot be made again, and how each can be taken back to an earlier state. */
const STATEFUL: Readonly<Record<string, Recovery>> = {
  'AWS::DynamoDB::Table': bySetting('point-in-time recovery', 'PointInTimeRecoverySpecification', { PointInTimeRecoveryEnabled: true }),
  'AWS::S3::Bucket': bySetting('versions', 'VersioningConfiguration', { Status: 'Enabled' }),
  // Cognito has no backups: all there is against a mistake is that a pool outlives its stack.
  'AWS::Cognito::UserPool': { needs: 'nothing', isGiven: () => true },
};

export const isStateful = ({ Type }: TemplateResource): boolean => Type in STATEFUL;

/** What this stateful resource lacks, in words: `is not retained on deletion`. */
export function lackingProtection(resource: TemplateResource): string[] {
  const recovery = STATEFUL[resource.Type];
  return [
    resource.DeletionPolicy === 'Retain' ? [] : 'is not retained on deletion',
    resource.UpdateReplacePolicy === 'Retain' ? [] : 'is not retained on replacement',
    recovery?.isGiven(resource.Properties ?? {}) ? [] : `has no ${recovery?.needs}`,
  ].flat();
}

export const statefulResources = ({ Resources = {} }: Template): [logicalId: string, resource: TemplateResource][] =>
  Object.entries(Resources).filter(([, resource]) => isStateful(resource));
