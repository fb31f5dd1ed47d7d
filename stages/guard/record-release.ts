import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { writeFileSync } from 'node:fs';
import { website } from '../environments';
import type { Released, ReleasedResource } from './compare';
import { RELEASED_FILE } from './released';
import { statefulResources } from './stateful';
import type { TemplateResource } from './stateful';

// A user pool refuses these rather than being replaced, which is no better: the release fails half-way.
const REFUSED: Readonly<Record<string, readonly string[]>> = { 'AWS::Cognito::UserPool': ['AliasAttributes', 'Schema', 'UsernameAttributes', 'UsernameConfiguration'] };

const specification = loadAwsServiceSpecSync();

/** The properties that CloudFormation's own specification says cannot change in place. */
function fixedProperties(type: string): string[] {
  const { properties } = specification.lookup('resource', 'cloudFormationType', 'equals', type).only();
  const replacing = Object.entries(properties).filter(([, { causesReplacement = 'no' }]) => causesReplacement !== 'no');
  return [...replacing.map(([name]) => name), ...(REFUSED[type] ?? [])].toSorted();
}

const recorded = ({ Type: type, Properties: properties = {} }: TemplateResource): ReleasedResource => ({
  type,
  fixed: Object.fromEntries(fixedProperties(type).map((name) => [name, properties[name] ?? null])),
});

/** What the cloud assembly in `folder` holds of data, by stack. */
export function recordOf(folder: string, environments: readonly string[]): Released {
  const stacks = new CloudAssembly(folder).stacksRecursively.filter(({ stackName }) => environments.some((name) => stackName.startsWith(`${name}-`)));
  const entries = stacks.map(({ stackName, environment: { account, region }, template }) => {
    const resources = statefulResources(template).map(([logicalId, resource]) => [logicalId, recorded(resource)] as const);
    return [stackName, { account, region, resources: Object.fromEntries(resources) }] as const;
  });
  return Object.fromEntries(entries.filter(([, { resources }]) => Object.keys(resources).length > 0).toSorted(([a], [b]) => a.localeCompare(b)));
}

if (require.main === module) {
  const released = recordOf('cdk.out', website.environments.map(({ name }) => name));
  writeFileSync(RELEASED_FILE, `${JSON.stringify(released, null, 2)}\n`);
  console.log(`Recorded ${Object.values(released).flatMap(({ resources }) => Object.keys(resources)).length} stateful resources of ${Object.keys(released).length} stacks.`);
}
