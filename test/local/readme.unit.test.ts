import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { scripts } from '../../package.json';

const ROOT = path.join(__dirname, '..', '..');
const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');

test('every npm command of the README exists', () => {
  const named = [...readme.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test))/g)].map(([, script, own]) => script ?? own ?? '');
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !Object.keys(scripts).includes(name))).toEqual([]);
});

test('every file and folder the README names exists', () => {
  const named = [...readme.matchAll(/\]\(([^)#:]+)\)|`((?:app|bin|contracts|docs|lambdas|local|pipeline|stages|test)\/[\w./-]+)`/g)].map(([, link, code]) => link ?? code ?? '');
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !existsSync(path.join(ROOT, name)))).toEqual([]);
});
