import type { NamedResource } from '../deployed';
import type { SynthesizedApplication } from './application';

/** A shorter name is somebody's choice, and may be a word of other names as well. */
const SHORTEST = 10;
/**
 * Names of tables are the contracts', the same in every environment, whose database stands before them in an ARN; QuickSight's ids are
 * the template's, and begin with the account.
 */
const NOT_DRAWN = /^AWS::(?:Glue::Table$|QuickSight::)/;

/** Names that a deployment draws, told apart from one another by where their resources stand in the application. */
export class Names {
  readonly #application: SynthesizedApplication;
  readonly #resources: readonly (NamedResource & { readonly path: string; readonly last: string })[];

  constructor(application: SynthesizedApplication, resources: readonly NamedResource[]) {
    this.#application = application;
    this.#resources = resources
      .map((resource) => ({ ...resource, path: application.pathOf(resource.stack, resource.logicalId) ?? '', last: lastPart(resource.name) }))
      .filter(({ type, path, last }) => !NOT_DRAWN.test(type) && path !== '' && last.length >= SHORTEST)
      // A longer name first: it may have a shorter one in it.
      .toSorted((one, other) => other.last.length - one.last.length);
  }

  /** Roles of the application by ARN, with their place in it. */
  roles(): Map<string, string> {
    const roles = this.#resources.filter(({ type }) => type === 'AWS::IAM::Role');
    return new Map(roles.map(({ account, name, path }) => [`arn:aws:iam::${account}:role/${name}`, path]));
  }

  /** The same for every environment: `Website-Pipeline/Dev/Orders/Orders` → `<environment>/Orders/Orders`. */
  inAnyEnvironment(path: string): string {
    const stage = this.#application.stages.find((one) => path.startsWith(`${one}/`));
    return stage === undefined ? path.replace(/^[^/]*\//, '') : `<environment>${path.slice(stage.length)}`;
  }

  /** An ARN with places in the application instead of names, the same in every environment and after every deployment. */
  portable(text: string): string {
    const named = this.#namedIn(text);
    const placed = named === undefined ? text : text.replaceAll(lastPart(named.name), `{${this.inAnyEnvironment(named.path)}}`);
    const stages = this.#application.stages.map((stage) => stage.replace(/^.*\//, ''));
    return stages
      .reduce((shorter, stage) => shorter.replaceAll(new RegExp(`\\b${stage}(?=[-/])`, 'gi'), '<environment>'), placed)
      .replaceAll(/\/stream\/[\dT:.Z-]+/g, '/stream/<label>')
      // What is drawn at random: a connection's id, the end of a secret's name, and a security group's.
      .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:-\w{6})?/g, '<id>')
      .replaceAll(/\bsg-[0-9a-f]{17}\b/g, 'sg-<id>')
      // An asset is named by its content.
      .replaceAll(/\b[0-9a-f]{64}\b/g, '<hash>')
      .replaceAll(/\b\d{12}\b/g, '<account>')
      .replaceAll(/\b[a-z]{2}(?:-[a-z]+)+-\d\b/g, '<region>');
  }

  /** Of resources of one name, as of a search domain and a namespace, the one whose service the ARN is of. */
  #namedIn(text: string): { readonly name: string; readonly path: string } | undefined {
    const first = this.#resources.find(({ last }) => text.includes(last));
    const same = first === undefined ? [] : this.#resources.filter(({ last }) => last === first.last);
    // A secret that a service keeps for one of its own is named after it.
    const keeper = /:secret:(\w+)!/.exec(text)?.[1];
    const kept = keeper === undefined ? [] : same.filter(({ type }) => serviceOf(type).startsWith(keeper)).toSorted((one, other) => one.path.localeCompare(other.path));
    return same.find(({ type }) => text.includes(`:${serviceOf(type)}:`)) ?? kept[0] ?? first;
  }

  /** Whether a finding of cdk-nag is about what a deployed policy has: `<Orders4E6D.Arn>/*` or `<Dev-Orders.Orders4E6D.Arn>/*`. */
  isWritten(finding: string, written: string): boolean {
    if (finding === written) return true;
    const pieces = finding.split(/<([^>]+)>/).map((piece, index) => (index % 2 === 0 ? escaped(piece) : this.#patternOf(piece)));
    return new RegExp(`^${pieces.join('')}$`).test(written);
  }

  #patternOf(reference: string): string {
    const parts = reference.split('.').filter((part) => !['Arn', 'Name'].includes(part));
    const logicalId = parts.at(-1) ?? '';
    const named = this.#resources.filter((resource) => resource.logicalId === logicalId && (parts.length < 2 || resource.stack === parts[0]));
    return `\\S*(?:${named.map(({ name }) => escaped(lastPart(name))).join('|')})`;
  }
}

/** As ARNs name it: `AWS::OpenSearchService::Domain` → `es`. */
const serviceOf = (type: string): string => (type.startsWith('AWS::OpenSearchService::') ? 'es' : (type.split('::')[1] ?? '').toLowerCase());

/** Of an ARN its end, of a URL its last part, of several parts (`<name>|<id>|<scope>`) the first: what is drawn for this deployment. */
const lastPart = (name: string): string => (name.split('|')[0] ?? name).split(/[/:]/).findLast((part) => part !== '') ?? name;
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
