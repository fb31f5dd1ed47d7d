import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const CDK = join(__dirname, '..', '..', 'node_modules', 'aws-cdk', 'bin', 'cdk');

export interface CdkProps {
  /** Folder with the application's cdk.json. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Takes each line the CLI says while it works. */
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Runs the CDK CLI and returns what it printed to its standard output.
 *
 * @throws Error with the CLI's last lines when it ends with anything but 0
 */
export function cdk(args: readonly string[], { folder, env, onLine, signal }: CdkProps): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CDK, ...args, '--ci', '--no-notices', '--no-color'], { cwd: folder, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: string[] = [];
    const said: string[] = [];
    const listen = (lines: string[] | undefined) => (line: string) => {
      lines?.push(line);
      said.push(line);
      if (line.trim()) onLine?.(line);
    };
    createInterface(child.stdout).on('line', listen(out));
    createInterface(child.stderr).on('line', listen(undefined));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(out.join('\n'));
      else reject(new Error(`cdk ${args[0]} ended with ${code}:\n${said.slice(-40).join('\n')}`));
    });
  });
}
