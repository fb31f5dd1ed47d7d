import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { readApplication } from '../../../local/application/assembly';
import { bootstrap } from '../../../local/application/bootstrap';
import { cdk } from '../../../local/application/cdk';
import { awsSettings, environmentWithoutAws } from '../../../local/host/environment';
import type { AwsOnLoopback } from './awsOnLoopback';

const modules = path.join(__dirname, '..', '..', '..', 'node_modules');

/** Files of a folder, by their paths in it. */
export function filesOf(folder: string, prefix = ''): Record<string, string> {
  const entries = readdirSync(folder).map((name) => path.join(folder, name));
  return Object.assign(
    {},
    ...entries.map((entry) => {
      const name = path.posix.join(prefix, path.basename(entry));
      return statSync(entry).isDirectory() ? filesOf(entry, name) : { [name]: readFileSync(entry, 'utf8') };
    }),
  );
}

export const exampleFolder = (name: string) => path.join(__dirname, 'apps', name);

/** Deploys an example application's pipeline as its owner would: synth, bootstrap, `cdk deploy` of the pipeline stack. */
export async function deployApplication(aws: AwsOnLoopback, name: string, account: string, region: string): Promise<void> {
  const folder = path.join(aws.folder, 'applications', name);
  cpSync(exampleFolder(name), folder, { recursive: true });
  mkdirSync(folder, { recursive: true });
  symlinkSync(modules, path.join(folder, 'node_modules'));
  const env = { ...environmentWithoutAws(), ...awsSettings(aws.url, account, region) };
  await cdk(['synth', '--quiet'], { folder, env });
  const assembly = path.join(folder, 'cdk.out');
  const application = readApplication(assembly, { account, region });
  await bootstrap(application, aws.url, () => undefined);
  await cdk(['deploy', application.pipeline.displayName, '--app', assembly, '--require-approval', 'never'], { folder, env });
}
