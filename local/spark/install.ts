import path from 'node:path';
import { installPythonPackage } from '../parts/pythonPackage';
import type { InstallOptions } from '../parts/pythonPackage';

const SPARK = { title: 'Spark', name: 'pyspark', requirements: path.join(__dirname, 'requirements.txt'), fromSource: ['pyspark'] };

/** Installs PySpark, 320 MB to download, unless it is there. @returns the Python that runs it */
export async function installSpark(options: InstallOptions): Promise<string> {
  return path.join(await installPythonPackage(SPARK, options), 'bin', 'python');
}
