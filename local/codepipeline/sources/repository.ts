import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const commitId = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

export interface Commit {
  readonly id: string;
  readonly message: string;
  readonly authorName: string;
  readonly authorEmail: string;
  /** ISO 8601. */
  readonly authorDate: string;
  readonly committerDate: string;
}

/** A bare git repository on this machine, which stands for one of a git host. */
export class Repository {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  exists(): boolean {
    return existsSync(path.join(this.folder, 'HEAD'));
  }

  /** A branch's newest commit, read from the files: this is asked twice a second. */
  head(branch: string): string | undefined {
    const loose = this.#read(path.join('refs', 'heads', branch)).trim();
    if (commitId.test(loose)) return loose;
    return this.#packed().get(`refs/heads/${branch}`);
  }

  /** All branches with their newest commits. */
  async branches(): Promise<Map<string, string>> {
    const listed = await this.#git('for-each-ref', '--format=%(refname:short) %(objectname)', 'refs/heads');
    return new Map(listed.split('\n').filter(Boolean).map((line) => [line.slice(0, line.lastIndexOf(' ')), line.slice(line.lastIndexOf(' ') + 1)]));
  }

  /** @throws Error when the repository holds no such commit */
  async commit(id: string): Promise<Commit> {
    const shown = await this.#git('show', '--no-patch', '--format=%H%x00%an%x00%ae%x00%aI%x00%cI%x00%B', `${id}^{commit}`);
    const [hash = id, authorName = '', authorEmail = '', authorDate = '', committerDate = '', message = ''] = shown.split('\0');
    return { id: hash, authorName, authorEmail, authorDate, committerDate, message: message.trim() };
  }

  /** Files that differ between two commits; all files when the first is not known. */
  async changedFiles(from: string | undefined, to: string): Promise<string[]> {
    const known = from !== undefined && (await this.#git('cat-file', '-e', `${from}^{commit}`).then(() => true, () => false));
    const listed = known ? await this.#git('diff', '--name-only', '-z', from, to) : await this.#git('ls-tree', '-r', '--name-only', '-z', to);
    return listed.split('\0').filter(Boolean);
  }

  /** Writes a commit's files into a folder, without any history. */
  async export(id: string, target: string): Promise<void> {
    await mkdir(target, { recursive: true });
    // By way of a file: tar may stop reading before git has stopped writing, which would break a pipe between them.
    const archive = `${target}.tar`;
    await this.#git('archive', '--format=tar', `--output=${archive}`, id);
    await run('tar', ['-xf', archive, '-C', target]);
    await rm(archive);
  }

  /** Makes a full clone of a branch with a commit checked out. */
  async clone(id: string, branch: string, target: string): Promise<void> {
    await run('git', ['clone', '--quiet', '--no-hardlinks', '--branch', branch, this.folder, target]);
    await run('git', ['-C', target, 'reset', '--quiet', '--hard', id]);
  }

  async #git(...args: string[]): Promise<string> {
    const { stdout } = await run('git', ['-C', this.folder, ...args], { maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  }

  #packed(): Map<string, string> {
    const lines = this.#read('packed-refs').split('\n').filter((line) => !/^[#^]/.test(line) && line !== '');
    return new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]));
  }

  #read(file: string): string {
    try {
      return readFileSync(path.join(this.folder, file), 'utf8');
    } catch {
      return '';
    }
  }
}
