import type { Acknowledgement } from './acknowledged';
import type { Decision } from './decisions';
import type { RuleFindings } from './packs';

interface Row {
  readonly cells: readonly string[];
  readonly since: string;
}

const SHOWN = 4;

export interface Findings {
  readonly acknowledged: readonly Acknowledgement[];
  readonly further: readonly RuleFindings[];
  readonly decisions: Readonly<Record<string, Decision>>;
}

/**
 * docs/findings.md. A row that stands in `before` keeps its date; a new or changed one gets `today`.
 *
 * @param today `2026-11-24`
 */
export function findingsDocument({ acknowledged, further, decisions }: Findings, before: string, today: string): string {
  const since = datesIn(before);
  const row = (...cells: readonly string[]): Row => ({ cells, since: since.get(cells.join('|')) ?? today });
  const places = new Map<string, Acknowledgement & { readonly all: string[] }>();
  for (const one of acknowledged) {
    const finding = withoutHash(one.finding);
    const same = places.get(finding + one.why) ?? { ...one, finding, all: [] };
    same.all.push(one.where);
    places.set(finding + one.why, same);
  }
  const ledger = [...places.values()].map(({ finding, why, all }) => row(code(finding), listed(all), why));
  const decided = further.map(({ rule, packs, description, where }) => row(`\`${rule}\``, packs.join(', '), `${description} ${listed(where)}`, decisions[rule]?.decided ?? 'undecided', decisions[rule]?.why ?? ''));
  return `# Findings of cdk-nag, and what was decided

Written by \`npm run findings\`; a test compares it with the application.

## Acknowledged

cdk-nag's AwsSolutions pack fails the synth. What it finds is mended, or acknowledged beside the resource with a reason. An acknowledgement that meets no finding fails the synth too.

${table(['what', 'where', 'why', 'since'], ledger)}
## Further packs

NIST 800-53 r5, PCI DSS 3.2.1, HIPAA Security and Serverless are read and decided on by rule (\`bin/findings/decisions.ts\`); a rule without a decision fails a test. They speak of what a template shows: no certificate follows from them.

${table(['rule', 'packs', 'finds', 'decided', 'why', 'since'], decided)}`;
}

function table(head: readonly string[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const sorted = rows.toSorted((one, other) => one.cells.join().localeCompare(other.cells.join()));
  return [line(head), line(head.map(() => '---')), ...sorted.map(({ cells, since }) => line([...cells, since]))].join('');
}

function datesIn(document: string): Map<string, string> {
  const rows = document.split('\n').flatMap((line) => /^\| (.*) \| (\d{4}-\d{2}-\d{2}) \|$/.exec(line)?.slice(1) ?? []);
  return new Map(rows.flatMap((cell, index) => (index % 2 === 0 ? [[cell.split(' | ').join('|'), rows[index + 1] ?? ''] as const] : [])));
}

/** `<PipelineArtifactsBucketAEA9A052.Arn>` → `<PipelineArtifactsBucket.Arn>` */
const withoutHash = (finding: string): string => finding.replaceAll(/(<[\w.-]*?)[0-9A-F]{8}(?=[.>])/g, '$1');
const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

function listed(places: readonly string[]): string {
  const short = [...new Set(places.map((place) => place.replace(/^Website-Pipeline\//, '').replace(/\/Resource$/, '')))].toSorted();
  return `${short.slice(0, SHOWN).map(code).join(', ')}${short.length > SHOWN ? ` and ${short.length - SHOWN} more` : ''}`;
}
