import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const LEASH = pathToFileURL(join(__dirname, 'leash.mjs')).href;

/** Command and arguments of a part written in TypeScript, which ends with its supervisor. */
export const nodePart = (program: string, ...args: readonly string[]): { command: string; args: string[] } => ({
  command: process.execPath,
  args: ['--import', LEASH, '--import', 'tsx', program, ...args],
});
