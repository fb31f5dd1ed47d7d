import type { App } from 'aws-cdk-lib';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { websiteApp } from '../../bin/website-app';
import { website } from '../../stages/environments';
import type { Website } from '../../stages/environments';
import { ensureArtefacts } from './artefacts';
import { sharedFolder } from './sharedAssembly';

// The first look at a template pays for the synth, and on a fresh clone for the build as well.
jest.setTimeout(300_000);

export interface Resource {
  readonly Type: string;
  // A template is arbitrary JSON; the promises look into it, and a wrong look shows as undefined.
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The application with cdk.json's context, not yet synthesized. @param into a folder; without one it is removed after the tests */
export function unsynthesized(of: Website = website, into?: string): App {
  ensureArtefacts();
  const { context } = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  const outdir = into ?? mkdtempSync(join(tmpdir(), 'website-assembly-'));
  if (into === undefined) folders.push(outdir);
  return websiteApp(of, { outdir, context });
}

export const synthesize = (of?: Website): CloudAssembly => unsynthesized(of).synth();

let shared: CloudAssembly | undefined;
/** The project's own application, synthesized once for all files of a run. Nobody writes to it. */
export const assembly = (): CloudAssembly => (shared ??= new CloudAssembly(sharedFolder((outdir) => unsynthesized(website, outdir).synth())));

/** A stack by its name: `Dev-Orders`. */
export function stack(name: string, of: CloudAssembly = assembly()): CloudFormationStackArtifact {
  const found = of.stacksRecursively.find(({ stackName }) => stackName === name);
  if (!found) throw new Error(`no stack ${name}, only ${of.stacksRecursively.map(({ stackName }) => stackName).join(', ')}`);
  return found;
}

export const resourcesOf = (name: string, of?: CloudAssembly): [logicalId: string, resource: Resource][] => Object.entries(stack(name, of).template.Resources);

export const resources = (type: string, name: string, of?: CloudAssembly): Resource[] =>
  resourcesOf(name, of).flatMap(([, found]) => (found.Type === type ? found : []));

/** The only resource of its type in a stack. */
export function resource(type: string, name: string, of?: CloudAssembly): Resource {
  const [only, ...others] = resources(type, name, of);
  if (!only || others.length > 0) throw new Error(`${name} has ${only ? others.length + 1 : 'no'} ${type}`);
  return only;
}
