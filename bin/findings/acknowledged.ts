import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { website } from '../../stages/environments';

/** A finding of a pack that fails the synth, accepted beside its resource. */
export interface Acknowledgement {
  /** As the tool prints it: `AwsSolutions-IAM5[Resource::*]`. */
  readonly finding: string;
  /** The construct, in any environment: `Website-Pipeline/<environment>/Auth/UserPool`. */
  readonly where: string;
  readonly why: string;
}

const { environments, pipeline } = website;
const any = (...names: readonly string[]): string => `(?:${[...new Set(names)].join('|')})`;
const NAMES = new RegExp(`${any(...environments.map(({ name }) => name))}(?=[/.-]|GateRole|Integration|Smoke)`, 'g');
const ACCOUNTS = new RegExp(any(pipeline.account, ...environments.map(({ account }) => account)), 'g');
const REGIONS = new RegExp(any(pipeline.region, ...environments.map(({ region }) => region)), 'g');

/** What is acknowledged anywhere below, each once however many environments have it. */
export function acknowledgementsIn(scope: IConstruct): Acknowledgement[] {
  const found = scope.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }: { data?: Record<string, string> }) => Object.entries(data ?? {}))
      .map(([id, why]) => ({ finding: inAnyEnvironment(id.replace(/^.*?::(?=\w+-)/, '')), where: inAnyEnvironment(node.path), why })),
  );
  return [...new Map(found.map((one) => [Object.values(one).join('\n'), one])).values()];
}

/** The same text for every environment, and for whoever has other accounts. */
export const inAnyEnvironment = (text: string): string => text.replaceAll(NAMES, '<environment>').replaceAll(ACCOUNTS, '<account>').replaceAll(REGIONS, '<region>');
