import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A bare repository as a git host would hold it, and a working copy to push from. */
export class GitRepository {
  readonly fullName: string;
  readonly bare: string;
  readonly #copy: string;

  constructor(gitDir: string, fullName: string) {
    this.fullName = fullName;
    this.bare = path.join(gitDir, `${fullName}.git`);
    this.#copy = path.join(gitDir, 'copies', fullName);
    mkdirSync(path.dirname(this.bare), { recursive: true });
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', this.bare]);
    mkdirSync(this.#copy, { recursive: true });
    this.#git('init', '--quiet', '--initial-branch=main');
  }

  /** Commits files (by path) and pushes them. @returns the commit's id */
  push(files: Readonly<Record<string, string>>, message = 'a change', branch = 'main'): string {
    this.#git('checkout', '--quiet', '-B', branch);
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(this.#copy, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    this.#git('add', '--all');
    this.#git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--allow-empty', '-m', message);
    this.#git('push', '--quiet', '--force', this.bare, branch);
    return this.#git('rev-parse', 'HEAD').trim();
  }

  #git(...args: string[]): string {
    return execFileSync('git', ['-C', this.#copy, ...args], { encoding: 'utf8' });
  }
}
