import type { UnusedGrant } from './accepted';
import type { RoleReport } from './report';

const HEAD = `# Permissions

Written by \`npm run permissions -- --write\` from what the journeys of \`npm test\` did: each call was checked against the deployed policies, and each role's grants are compared with its calls. A grant without use, or a wildcard without a reason, fails the tests unless \`docs/unused-grants.yaml\` says why it stays. Roles of all environments stand here once.

A name in braces is a place in the application. What \`cdk bootstrap\` brings, and what CloudFormation does with each resource under its role, is not listed.
`;

/** The report as a document that changes only when roles, their use of grants or reasons do. */
export function permissionsDocument(reports: readonly RoleReport[], unused: readonly UnusedGrant[]): string {
  return [HEAD, ...reports.map((report) => section(report, unused.filter(({ role }) => role === report.role)))].join('\n');
}

function section({ role, grants, wildcards }: RoleReport, unused: readonly UnusedGrant[]): string {
  const used = byResource(grants.filter(({ times }) => times > 0));
  return [
    `## ${role.replace('<environment>', '⟨environment⟩')}`,
    '',
    ...used.map(([resource, actions]) => `- ${code(resource)}: ${actions.join(', ')}`),
    ...reasoned(unused).map(([reason, actions]) => `- never used: ${actions.join(', ')}. ${reason}`),
    ...wildcards.map(({ written, used: seen, reason }) => `- wildcard ${code(written)}, ${seen.length > 0 ? `seen: ${seen.slice(0, 3).map(code).join(', ')}${seen.length > 3 ? ' …' : ''}` : 'never seen'}. ${reason ?? 'No reason is given.'}`),
    '',
  ].join('\n');
}

/** The report for a person at a terminal, with how often. */
export function printed(reports: readonly RoleReport[], unused: readonly UnusedGrant[]): string {
  return reports
    .flatMap(({ role, grants, wildcards, refused }) => [
      role,
      ...lines('called', grants.filter(({ times }) => times > 0).map(({ action, resource, times }) => `${action} on ${resource} ×${times}`)),
      ...lines('was refused', refused.map(({ action, resource }) => `${action} on ${resource}`)),
      ...lines('may call and never did', unused.filter((one) => one.role === role).map(({ action, resource, reason }) => `${action} on ${resource}: ${reason ?? 'NO REASON IS GIVEN'}`)),
      ...lines('wildcards', wildcards.map(({ written, actions, reason }) => `${written}${actions.length > 1 ? ` (${actions.length} actions)` : ''}: ${reason ?? 'NO REASON IS GIVEN'}`)),
      '',
    ])
    .join('\n');
}

const lines = (title: string, items: readonly string[]): string[] => (items.length === 0 ? [] : [`  ${title}`, ...items.map((item) => `    ${item}`)]);
const code = (text: string): string => `\`${text}\``;

function byResource(grants: readonly { readonly action: string; readonly resource: string }[]): [string, string[]][] {
  const resources = [...new Set(grants.map(({ resource }) => resource))];
  return resources.map((resource) => [resource, grants.filter((grant) => grant.resource === resource).map(({ action }) => action)]);
}

function reasoned(unused: readonly UnusedGrant[]): [string, string[]][] {
  const reasons = [...new Set(unused.map(({ reason }) => reason ?? 'No reason is given.'))];
  return reasons.map((reason) => [reason, [...new Set(unused.filter((one) => (one.reason ?? 'No reason is given.') === reason).map(({ action }) => code(action)))]]);
}
