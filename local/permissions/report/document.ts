import type { JudgedGrant } from './accepted';
import type { RoleReport } from './report';

const HEAD = `# Permissions

What each role may do, roles of all environments once. On one machine each call is checked against these policies as they are deployed, and so is what services do for a role: read a stream, write a log, hand an artefact on. \`npm test\` compares the grants with what its journeys did. It fails on a grant that nobody used, unless [\`unused-grants.yaml\`](unused-grants.yaml) says why it stays; on a wildcard without a reason beside it in the code; and when this page is not what \`npm run permissions -- --write\` makes of it.

A name in braces is a place in the application. Not listed: the roles that \`cdk bootstrap\` brings, and what CloudFormation does with each resource under the one that it is given, which may do everything.
`;

/** The report as a page that changes only when grants or reasons do. */
export function permissionsDocument(reports: readonly RoleReport[], grants: readonly JudgedGrant[]): string {
  return [HEAD, ...reports.map((report) => section(report, grants.filter(({ role }) => role === report.role)))].join('\n');
}

function section({ role, wildcards }: RoleReport, grants: readonly JudgedGrant[]): string {
  const inUse = grouped(grants.filter(({ accepted }) => accepted === undefined), ({ resource }) => resource);
  const unused = grouped(grants.filter(({ accepted }) => accepted !== undefined), ({ accepted = '' }) => accepted);
  return [
    `## ${role.replace('<environment>/', '')}`,
    '',
    ...inUse.map(([resource, of]) => `- ${code(resource)}: ${actionsOf(of)}`),
    ...unused.map(([reason, of]) => `- Without use here: ${actionsOf(of)}. ${reason}`),
    ...grouped(wildcards, ({ reason }) => reason ?? NO_REASON).map(([reason, of]) => `- ${of.map(({ written }) => code(written)).join(', ')}: ${reason}`),
    '',
  ].join('\n');
}

/** The report for a person at a terminal, with how often. */
export function printed(reports: readonly RoleReport[], grants: readonly JudgedGrant[]): string {
  return reports
    .flatMap(({ role, wildcards, refused }) => {
      const own = grants.filter((grant) => grant.role === role);
      return [
        role,
        ...lines('called', own.filter(({ times }) => times > 0).map(({ action, resource, times }) => `${action} on ${resource} ×${times}`)),
        ...lines('was refused', refused.map(({ action, resource }) => `${action} on ${resource}`)),
        ...lines('may call and never did', own.filter(({ times }) => times === 0).map(({ action, resource, accepted }) => `${action} on ${resource}: ${accepted ?? NO_REASON}`)),
        ...lines('wildcards', wildcards.map(({ written, actions, reason }) => `${written}${actions.length > 1 ? ` (${actions.length} actions)` : ''}: ${reason ?? NO_REASON}`)),
        '',
      ];
    })
    .join('\n');
}

const NO_REASON = 'no reason is given';
const lines = (title: string, items: readonly string[]): string[] => (items.length === 0 ? [] : [`  ${title}`, ...items.map((item) => `    ${item}`)]);
const code = (text: string): string => `\`${text}\``;
const actionsOf = (grants: readonly JudgedGrant[]): string => [...new Set(grants.map(({ action }) => code(action)))].join(', ');

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const keys = [...new Set(items.map(keyOf))];
  return keys.map((key) => [key, items.filter((item) => keyOf(item) === key)]);
}
