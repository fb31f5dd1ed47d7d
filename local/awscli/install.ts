import path from 'node:path';
import { installPythonPackage } from '../parts/pythonPackage';

const AWS_CLI = { title: 'AWS CLI', name: 'awscli', requirements: path.join(__dirname, 'requirements.txt') };

/** How the AWS CLI is called: an executable and its first arguments. */
export interface AwsCli {
  readonly command: string;
  readonly args: readonly string[];
}

/** Installs the AWS CLI, which only tests use, unless it is there. */
export async function installAwsCli(partsDir: string, onProgress: (line: string) => void = () => undefined): Promise<AwsCli> {
  const folder = await installPythonPackage(AWS_CLI, { partsDir, onProgress });
  return { command: path.join(folder, 'bin', 'python'), args: ['-m', 'awscli'] };
}
