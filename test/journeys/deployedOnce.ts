import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, freePorts, isFree } from '../../local/host/ports';
import { folderOfRun } from '../app/sharedAssembly';

/** Ports that are written into what is deployed: into outputs, environments of functions and registered webhooks. */
export interface KeptPorts {
  readonly port: number;
  readonly firstSitePort: number;
  /** The first of three. */
  readonly sandboxes: number;
}

export const newPorts = async (): Promise<KeptPorts> => ({ port: await freePort(), firstSitePort: await freePort(), sandboxes: await freePorts(3) });

/**
 * The home of a deployed environment that is not running, as the first journey of a run of Jest left it: whoever comes after it
 * begins with a copy, as `npm start` goes on where it was, and on the same ports.
 */
const kept = (): { readonly home: string; readonly ports: string } => ({ home: path.join(folderOfRun(), 'deployed', 'home'), ports: path.join(folderOfRun(), 'deployed', 'ports.json') });

/** Copies it to `home`. @returns its ports; nothing when there is none yet, or somebody else listens on one of them by now */
export async function copyDeployed(home: string): Promise<KeptPorts | undefined> {
  if (!existsSync(kept().ports)) return undefined;
  const ports = JSON.parse(readFileSync(kept().ports, 'utf8')) as KeptPorts;
  const { port, firstSitePort, sandboxes } = ports;
  const free = await Promise.all([port, firstSitePort, sandboxes, sandboxes + 1, sandboxes + 2].map(isFree));
  if (!free.every(Boolean)) return undefined;
  cpSync(kept().home, home, { recursive: true });
  return ports;
}

/** Keeps a copy of `home`, where nothing runs now. */
export function keepDeployed(home: string, ports: KeptPorts): void {
  if (existsSync(kept().ports)) return;
  mkdirSync(path.dirname(kept().home), { recursive: true });
  cpSync(home, kept().home, { recursive: true });
  // Last, and at once: until then there is none.
  writeFileSync(`${kept().ports}.new`, JSON.stringify(ports));
  renameSync(`${kept().ports}.new`, kept().ports);
}
