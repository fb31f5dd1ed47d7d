import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';

/** The repository this file is part of. */
export const ROOT = resolve(__dirname, '..', '..');

/** Everything one machine keeps, ignored by git. */
const LOCAL = join(ROOT, '.local');

/** Installed parts (MiniStack …), shared by every application that runs here. */
export const PARTS = join(LOCAL, 'parts');

/** Where tests collect what roles of their many starts did. */
export const PERMISSION_RECORDS = join(LOCAL, 'permissions');

/** What one application keeps between starts. */
export interface Folders {
  readonly home: string;
  /** One folder a part: stacks, objects, history, ports of sites. */
  readonly state: string;
  /** One file a part. */
  readonly logs: string;
  /** Bare repositories, where `git push local` goes. */
  readonly git: string;
  readonly temporary: string;
}

export const foldersIn = (home: string): Folders => ({
  home,
  state: join(home, 'state'),
  logs: join(home, 'logs'),
  git: join(home, 'git'),
  temporary: join(home, 'tmp'),
});

/** Where an application's folders are unless said otherwise: a place of its own for each application. */
export function homeOf(application: string): string {
  const folder = resolve(application);
  if (folder === ROOT) return join(LOCAL, 'website');
  return join(LOCAL, 'applications', `${basename(folder)}-${createHash('sha256').update(folder).digest('hex').slice(0, 8)}`);
}
