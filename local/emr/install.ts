import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { installJava, javaHome } from '../java/install';
import { installJars, jarsDir } from '../parts/mavenJars';
import { folderOf, installPythonPackage } from '../parts/pythonPackage';
import type { InstallOptions } from '../parts/pythonPackage';

const PYSPARK = { title: 'Spark', name: 'pyspark', requirements: path.join(__dirname, 'requirements.txt'), fromSource: ['pyspark'] };
/** How Hadoop reads s3://: S3A, of the release that Spark comes with, and those modules of the AWS SDK that it needs. */
const S3A = { title: 'Spark', name: 'spark-s3', lock: path.join(__dirname, 'jars.lock.json') };

/** Where Spark and what it needs lie. */
export interface Spark {
  readonly python: string;
  readonly home: string;
  readonly javaHome: string;
  /** Folder of jars for s3:// addresses. */
  readonly s3Jars: string;
}

/** Installs Spark with all it needs, 320 MB to download, unless it is there. @throws Error saying what cannot be had */
export async function installSpark(options: InstallOptions): Promise<Spark> {
  const { partsDir } = options;
  await installPythonPackage(PYSPARK, options);
  await installJava(options);
  await installJars(S3A, options);
  const environment = await folderOf(PYSPARK, partsDir);
  const [python = 'python3'] = (await readdir(path.join(environment, 'lib'))).filter((name) => name.startsWith('python'));
  return {
    python: path.join(environment, 'bin', 'python'),
    home: path.join(environment, 'lib', python, 'site-packages', 'pyspark'),
    javaHome: await javaHome(partsDir),
    s3Jars: await jarsDir(S3A, partsDir),
  };
}
