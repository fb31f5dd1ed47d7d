import path from 'node:path';
import { installPythonPackage } from '../parts/pythonPackage';

const SCHEMATHESIS = { title: 'Schemathesis', name: 'schemathesis', requirements: path.join(__dirname, 'requirements.txt') };

/** How Schemathesis is called: an executable and its first arguments. */
export interface Schemathesis {
  readonly command: string;
  readonly args: readonly string[];
}

/** Installs Schemathesis, which only tests use, unless it is there. */
export async function installSchemathesis(partsDir: string, onProgress: (line: string) => void = () => undefined): Promise<Schemathesis> {
  const folder = await installPythonPackage(SCHEMATHESIS, { partsDir, onProgress });
  return { command: path.join(folder, 'bin', 'python'), args: ['-m', 'schemathesis.cli'] };
}
