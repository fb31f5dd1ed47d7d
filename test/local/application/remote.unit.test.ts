import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pushCurrentCommit } from '../../../local/application/remote';
import { temporaryFolder } from '../../support/folder';

const folder = temporaryFolder('remote');
const source = { repository: 'example-org/shop', branch: 'main' };
const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd, encoding: 'utf8' }).trim();

function clone(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  git(path, 'init', '--quiet', '--initial-branch=work');
  writeFileSync(join(path, 'file.txt'), 'one');
  git(path, 'add', '.');
  git(path, 'commit', '--quiet', '-m', 'One');
  return path;
}

test("the current commit arrives on the pipeline's branch, whatever the clone's own branch is called", () => {
  const path = clone('first');
  const gitDir = join(folder, 'git-first');
  const pushed = pushCurrentCommit(path, gitDir, source);
  expect(pushed).toEqual({ commit: git(path, 'rev-parse', 'HEAD'), upToDate: false, uncommitted: false });
  expect(git(join(gitDir, 'example-org/shop.git'), 'rev-parse', 'main')).toBe(pushed.commit);
});

test('a commit that is there already is not pushed again, and changes without a commit are told', () => {
  const path = clone('second');
  const gitDir = join(folder, 'git-second');
  pushCurrentCommit(path, gitDir, source);
  writeFileSync(join(path, 'file.txt'), 'two');
  expect(pushCurrentCommit(path, gitDir, source)).toMatchObject({ upToDate: true, uncommitted: true });
});

test('afterwards git push local sends later commits there', () => {
  const path = clone('third');
  const gitDir = join(folder, 'git-third');
  pushCurrentCommit(path, gitDir, source);
  git(path, 'commit', '--quiet', '--allow-empty', '-m', 'Two');
  git(path, 'push', '--quiet', 'local');
  expect(git(join(gitDir, 'example-org/shop.git'), 'log', '-1', '--format=%s', 'main')).toBe('Two');
});

test('a folder inside a larger clone is pushed as a snapshot of its files, without its packages', () => {
  const path = clone('fourth');
  const inner = join(path, 'applications', 'small');
  mkdirSync(join(inner, 'node_modules'), { recursive: true });
  writeFileSync(join(inner, 'cdk.json'), '{}');
  writeFileSync(join(inner, 'node_modules', 'big.js'), '');
  const gitDir = join(folder, 'git-fourth');
  const first = pushCurrentCommit(inner, gitDir, source);
  expect(git(join(gitDir, 'example-org/shop.git'), 'ls-tree', '-r', '--name-only', 'main')).toBe('cdk.json');
  expect(pushCurrentCommit(inner, gitDir, source)).toEqual({ ...first, upToDate: true });
  writeFileSync(join(inner, 'cdk.json'), '{"app":"x"}');
  const second = pushCurrentCommit(inner, gitDir, source);
  expect(git(join(gitDir, 'example-org/shop.git'), 'rev-parse', `${second.commit}^`)).toBe(first.commit);
});

test('a clone without a commit is told to make one', () => {
  const path = join(folder, 'empty');
  mkdirSync(path);
  git(path, 'init', '--quiet');
  expect(() => pushCurrentCommit(path, join(folder, 'git-empty'), source)).toThrow('has no commit yet');
});
