import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { copyFile, link, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Copies a folder's contents, links and modes included, into a new folder: what is changed there stays there. */
export async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await run('cp', ['-a', `${from}/.`, to]);
}

/** Removes a folder in a process of its own, behind all others: Node's own way keeps the threads busy that the next build's files wait for. */
export async function removeTree(folder: string): Promise<void> {
  await run('nice', ['-n', '19', 'rm', '-rf', folder]);
}

/** Puts a file somewhere else without copying it where the file system allows: for files that nobody changes any more. */
export async function placeFile(from: string, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true });
  await link(from, to).catch(() => copyFile(from, to, constants.COPYFILE_FICLONE));
}
