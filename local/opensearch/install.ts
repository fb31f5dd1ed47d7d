import path from 'node:path';
import { installJava, javaCommand } from '../java/install';
import { installJars, jarsDir } from '../parts/mavenJars';
import type { InstallOptions } from '../parts/pythonPackage';
import { compileLauncher } from './launcher';

const OPENSEARCH = { title: 'OpenSearch', name: 'opensearch', lock: path.join(__dirname, 'jars.lock.json') };

/** Where the jars of OpenSearch lie. */
export const opensearchDir = (partsDir: string): Promise<string> => jarsDir(OPENSEARCH, partsDir);

/** Installs OpenSearch and a Java to run it with, unless they are there. @throws Error saying what cannot be had */
export async function installOpenSearch(options: InstallOptions): Promise<void> {
  await installJava(options);
  await compileLauncher(await javaCommand(options.partsDir), await installJars(OPENSEARCH, options));
}
