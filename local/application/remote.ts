import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { SourceRepository } from './assembly';

/** The remote's name in the developer's clone: `git push local`. */
export const REMOTE = 'local';

export interface Pushed {
  readonly commit: string;
  /** Whether the remote had this commit on its branch already. */
  readonly upToDate: boolean;
  /** Whether the folder holds changes that are in no commit and so were not pushed. */
  readonly uncommitted: boolean;
}

/** Where the runner finds the repository of a source action. */
export const bareRepository = (gitDir: string, { repository }: SourceRepository): string => join(gitDir, `${repository}.git`);

/**
 * Puts the application's current commit on the branch its pipeline watches, in a bare repository of this machine,
 * and names that repository `local` among the clone's remotes: `git push local` then sends whatever is checked out. A folder that is no clone of its own (a part of a
 * larger one, or not under git at all) is pushed as a snapshot of its files.
 */
export function pushCurrentCommit(folder: string, gitDir: string, source: SourceRepository): Pushed {
  const bare = bareRepository(gitDir, source);
  if (!existsSync(join(bare, 'HEAD'))) {
    mkdirSync(bare, { recursive: true });
    git(bare, 'init', '--quiet', '--bare', `--initial-branch=${source.branch}`);
  }
  const branch = `refs/heads/${source.branch}`;
  const before = tryGit(bare, 'rev-parse', '--verify', '--quiet', branch);
  const ownClone = tryGit(folder, 'rev-parse', '--show-toplevel');
  if (ownClone === undefined || resolve(ownClone) !== resolve(folder)) return pushSnapshot(folder, bare, branch, before);
  const commit = tryGit(folder, 'rev-parse', '--verify', '--quiet', 'HEAD');
  if (!commit) throw new Error(`${folder} has no commit yet: the pipeline runs commits. Make one with git commit.`);
  const known = tryGit(folder, 'remote', 'get-url', REMOTE);
  if (known === undefined) git(folder, 'remote', 'add', REMOTE, bare);
  else if (known !== bare) git(folder, 'remote', 'set-url', REMOTE, bare);
  git(folder, 'config', `remote.${REMOTE}.push`, `HEAD:${branch}`);
  // The remote follows this clone, also to another branch or an amended commit.
  if (before !== commit) git(folder, 'push', '--quiet', '--force', bare, `HEAD:${branch}`);
  return { commit, upToDate: before === commit, uncommitted: git(folder, 'status', '--porcelain') !== '' };
}

function pushSnapshot(folder: string, bare: string, branch: string, before: string | undefined): Pushed {
  writeFileSync(join(bare, 'info', 'exclude'), 'node_modules/\ncdk.out/\n.git\n');
  const scratch = mkdtempSync(join(tmpdir(), 'snapshot-'));
  try {
    const index = { GIT_INDEX_FILE: join(scratch, 'index'), GIT_AUTHOR_NAME: 'snapshot', GIT_AUTHOR_EMAIL: 'snapshot@localhost', GIT_COMMITTER_NAME: 'snapshot', GIT_COMMITTER_EMAIL: 'snapshot@localhost' };
    const inFolder = (...args: string[]): string => run(folder, [`--git-dir=${bare}`, `--work-tree=${folder}`, '-c', 'core.bare=false', ...args], index);
    inFolder('add', '--all', '.');
    const tree = inFolder('write-tree');
    if (before && git(bare, 'rev-parse', `${before}^{tree}`) === tree) return { commit: before, upToDate: true, uncommitted: false };
    const commit = inFolder('commit-tree', tree, '-m', `Snapshot of ${folder}`, ...(before ? ['-p', before] : []));
    git(bare, 'update-ref', branch, commit);
    return { commit, upToDate: false, uncommitted: false };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const git = (folder: string, ...args: string[]): string => run(folder, args, {});

function tryGit(folder: string, ...args: string[]): string | undefined {
  try {
    return git(folder, ...args) || undefined;
  } catch {
    return undefined;
  }
}

function run(folder: string, args: readonly string[], env: Record<string, string>): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } }).trim();
}
