import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pRetry from 'p-retry';
import * as z from 'zod';
import type { InstallOptions } from '../parts/pythonPackage';
import { installJava, javaCommand } from './java';
import { compileLauncher } from './launcher';
import { mavenRepository } from './mavenRepository';

const LOCK = path.join(__dirname, 'jars.lock.json');
const Lock = z.array(z.object({ path: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }));
type Jar = z.infer<typeof Lock>[number];

const CONCURRENCY = 8;
/** A jar that does not come in this time is asked for again. */
const STALLED_MS = 60_000;

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** Where the jars of OpenSearch lie: a folder of its own for each lock list. */
export async function opensearchDir(partsDir: string): Promise<string> {
  return path.join(partsDir, `opensearch-${sha256(await readFile(LOCK)).slice(0, 12)}`);
}

/** Installs OpenSearch and a Java to run it with, unless they are there. @throws Error saying what cannot be had */
export async function installOpenSearch(options: InstallOptions): Promise<void> {
  await installJava(options);
  await compileLauncher(await javaCommand(options.partsDir), await installJars(options));
}

/**
 * Downloads the jars of the lock list that are not there, each checked against its hash. A jar appears under its name
 * only when it is whole, so an interrupted installation goes on where it ended.
 *
 * @returns the folder of the jars
 * @throws Error naming the jar that cannot be had, or that is not what the list says
 */
async function installJars({ partsDir, onProgress }: InstallOptions): Promise<string> {
  const folder = await opensearchDir(partsDir);
  const jars = Lock.parse(JSON.parse(await readFile(LOCK, 'utf8')));
  await mkdir(folder, { recursive: true });
  const whole = await Promise.all(jars.map((jar) => isThere(folder, jar)));
  const missing = jars.filter((_, index) => !whole[index]);
  if (missing.length === 0) return folder;
  const repository = await mavenRepository();
  let done = jars.length - missing.length;
  const queue = missing.values();
  const work = async (): Promise<void> => {
    for (const jar of queue) {
      await pRetry(() => download(repository, folder, jar), { retries: 2, minTimeout: 1_000 });
      done += 1;
      if (done % 10 === 0 || done === jars.length) onProgress(`OpenSearch: ${done} of ${jars.length} jars`);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return folder;
}

const fileOf = (folder: string, jar: Jar): string => path.join(folder, path.basename(jar.path));

async function isThere(folder: string, jar: Jar): Promise<boolean> {
  const content = await readFile(fileOf(folder, jar)).catch(() => undefined);
  return content !== undefined && sha256(content) === jar.sha256;
}

async function download(repository: string, folder: string, jar: Jar): Promise<void> {
  const answer = await fetch(`${repository}/${jar.path}`, { signal: AbortSignal.timeout(STALLED_MS) });
  if (!answer.ok) throw new Error(`${jar.path} of OpenSearch cannot be had: ${answer.status}. Is Maven Central reachable, or a mirror of it in ~/.m2/settings.xml?`);
  const content = Buffer.from(await answer.arrayBuffer());
  const found = sha256(content);
  if (found !== jar.sha256) throw new Error(`${jar.path} of OpenSearch is not what the lock list says: its SHA-256 is ${found}.`);
  const unfinished = path.join(folder, `.${randomUUID()}`);
  await writeFile(unfinished, content);
  await rename(unfinished, fileOf(folder, jar));
}
