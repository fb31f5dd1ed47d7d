import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { access, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SOURCE = path.join(__dirname, 'LocalNode.java');

/** Where the compiled launcher lies among the jars: another source is another folder. */
export async function launcherDir(jars: string): Promise<string> {
  return path.join(jars, `launcher-${createHash('sha256').update(await readFile(SOURCE)).digest('hex').slice(0, 12)}`);
}

/** Compiles the launcher with the compiler among the jars, since a Java that only runs programs has none. */
export async function compileLauncher(java: string, jars: string): Promise<void> {
  const target = await launcherDir(jars);
  const isThere = (): Promise<boolean> => access(target).then(() => true, () => false);
  if (await isThere()) return;
  const names = (await readdir(jars)).filter((name) => name.endsWith('.jar'));
  const compiler = names.find((name) => name.startsWith('ecj-'));
  if (compiler === undefined) throw new Error(`${jars} holds no compiler.`);
  const unfinished = path.join(jars, `.${randomUUID()}`);
  const classPath = names.map((name) => path.join(jars, name)).join(path.delimiter);
  await run(java, ['-jar', path.join(jars, compiler), '-17', '-nowarn', '-proc:none', '-classpath', classPath, '-d', unfinished, SOURCE]);
  // Somebody else may have compiled it meanwhile.
  await rename(unfinished, target).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!(await isThere())) throw error;
  });
}
