import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { installAwsCli } from '../../../local/awscli/install';
import { awsSettings, environmentWithoutAws } from '../../../local/host/environment';
import { account, region, type TestServer } from './ministackServer';

const execute = promisify(execFile);
const partsDir = path.join(__dirname, '..', '..', '..', '.local', 'parts');

/**
 * What the AWS CLI answers, read with its own model of the service.
 *
 * @throws Error with what the CLI says when it is refused
 */
export async function aws(server: TestServer, ...args: string[]): Promise<unknown> {
  const { command, args: first } = await installAwsCli(partsDir);
  const { stdout } = await execute(command, [...first, ...args, '--output', 'json'], { env: { ...environmentWithoutAws(), ...awsSettings(server.url, account, region) } });
  return stdout.trim() === '' ? {} : JSON.parse(stdout);
}
