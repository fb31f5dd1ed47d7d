import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';

const CENTRAL = 'https://repo1.maven.org/maven2';
const Mirror = z.object({ mirrorOf: z.string(), url: z.url() });
const Settings = z.object({ settings: z.object({ mirrors: z.object({ mirror: z.array(Mirror) }) }) });
const xml = new XMLParser({ isArray: (name) => name === 'mirror' });

/**
 * Maven Central, or the mirror of it that Maven's own settings name (https://maven.apache.org/guides/mini/guide-mirror-settings.html).
 * @param settings the text of settings.xml. @default the one in the home folder
 */
export async function mavenRepository(settings?: string): Promise<string> {
  const text = settings ?? (await readFile(path.join(homedir(), '.m2', 'settings.xml'), 'utf8').catch(() => ''));
  const parsed = Settings.safeParse(text === '' ? undefined : xml.parse(text));
  const mirror = parsed.data?.settings.mirrors.mirror.find(({ mirrorOf }) => mirrorOf.split(',').some((name) => ['central', '*', 'external:*'].includes(name.trim())));
  return (mirror?.url ?? CENTRAL).replace(/\/$/, '');
}
