import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pRetry from 'p-retry';
import * as z from 'zod';
import { mavenRepository } from './mavenRepository';
import type { InstallOptions } from './pythonPackage';

const Lock = z.array(z.object({ path: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }));
type Jar = z.infer<typeof Lock>[number];

const CONCURRENCY = 8;
/** A jar that does not come in this time is asked for again. */
const STALLED_MS = 60_000;

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** Jars of a program, listed with their hashes. */
export interface MavenJars {
  /** What they are for in messages, e.g. `OpenSearch`. */
  readonly title: string;
  /** Begins the name of their folder. */
  readonly name: string;
  /** File with the list: `[{ path, sha256 }]`, each path as Maven's repositories have it. */
  readonly lock: string;
}

/** Where the jars lie: a folder of its own for each lock list. */
export async function jarsDir({ name, lock }: MavenJars, partsDir: string): Promise<string> {
  return path.join(partsDir, `${name}-${sha256(await readFile(lock)).slice(0, 12)}`);
}

/**
 * Downloads the jars of the lock list that are not there, each checked against its hash. A jar appears under its name
 * only when it is whole, so an interrupted installation goes on where it ended.
 *
 * @returns the folder of the jars
 * @throws Error naming the jar that cannot be had, or that is not what the list says
 */
export async function installJars(part: MavenJars, { partsDir, onProgress }: InstallOptions): Promise<string> {
  const folder = await jarsDir(part, partsDir);
  const jars = Lock.parse(JSON.parse(await readFile(part.lock, 'utf8')));
  await mkdir(folder, { recursive: true });
  const whole = await Promise.all(jars.map((jar) => isThere(folder, jar)));
  const missing = jars.filter((_, index) => !whole[index]);
  if (missing.length === 0) return folder;
  const repository = await mavenRepository();
  let done = jars.length - missing.length;
  const queue = missing.values();
  const work = async (): Promise<void> => {
    for (const jar of queue) {
      await pRetry(() => download(part.title, repository, folder, jar), { retries: 2, minTimeout: 1_000 });
      done += 1;
      if (done % 10 === 0 || done === jars.length) onProgress(`${part.title}: ${done} of ${jars.length} jars`);
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

async function download(title: string, repository: string, folder: string, jar: Jar): Promise<void> {
  const answer = await fetch(`${repository}/${jar.path}`, { signal: AbortSignal.timeout(STALLED_MS) });
  if (!answer.ok) throw new Error(`${jar.path} of ${title} cannot be had: ${answer.status}. Is Maven Central reachable, or a mirror of it in ~/.m2/settings.xml?`);
  const content = Buffer.from(await answer.arrayBuffer());
  const found = sha256(content);
  if (found !== jar.sha256) throw new Error(`${jar.path} of ${title} is not what the lock list says: its SHA-256 is ${found}.`);
  const unfinished = path.join(folder, `.${randomUUID()}`);
  await writeFile(unfinished, content);
  await rename(unfinished, fileOf(folder, jar));
}
