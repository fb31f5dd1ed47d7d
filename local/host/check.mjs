// Runs before the packages are there: plain JavaScript on Node's own modules, understood by old versions of Node too.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:net';

const NODE = [20, 19];
const PYTHON = [3, 11];
const DISK_GB = 3;

/**
 * What this machine lacks, each as a sentence that says what to do; empty when it has all it needs.
 *
 * @param {{ folder: string, ports: readonly { port: number, option: string }[] }} wanted
 * @returns {Promise<string[]>}
 */
export async function whatIsMissing({ folder, ports }) {
  const tooOld = node();
  // Below this version not even the other questions can be asked.
  if (typeof fs.statfsSync !== 'function') return tooOld;
  return [...tooOld, ...python(), ...git(), ...disk(folder), ...(await Promise.all(ports.map(portInUse))).flat()];
}

function node() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > NODE[0] || (major === NODE[0] && minor >= NODE[1])) return [];
  return [`Node.js ${NODE.join('.')} or later is needed, this is ${process.versions.node}: install it from nodejs.org or with a version manager (nvm install 22).`];
}

function python() {
  for (const command of ['python3.13', 'python3.12', 'python3.11', 'python3', 'python']) {
    const answer = tryRun(command, ['-c', 'import sys, venv, ensurepip; print(sys.version_info[0], sys.version_info[1])']);
    const [major = 0, minor = 0] = (answer ?? '').trim().split(' ').map(Number);
    if (major === PYTHON[0] && minor >= PYTHON[1]) return [];
  }
  return [`Python ${PYTHON.join('.')} or later with its venv module is needed: install it (Debian and Ubuntu: apt-get install python3 python3-venv; macOS: brew install python).`];
}

function git() {
  return tryRun('git', ['--version']) ? [] : ['git is needed: install it (Debian and Ubuntu: apt-get install git).'];
}

function disk(folder) {
  const { bavail, bsize } = fs.statfsSync(folder);
  const free = (bavail * bsize) / 1e9;
  return free >= DISK_GB ? [] : [`${DISK_GB} GB of free disk are needed, ${folder} has ${free.toFixed(1)} GB: make room.`];
}

async function portInUse({ port, option }) {
  const fault = await listeningFault(port);
  if (fault === undefined) return [];
  const why = (await isGateway(port)) ? 'it runs already, started in another terminal' : `${fault}: another program listens there`;
  return [`Port ${port} cannot be used (${why}). Stop that one, or choose another port with ${option}.`];
}

function listeningFault(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(error.code));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(undefined)));
  });
}

async function isGateway(port) {
  try {
    return (await fetch(`http://127.0.0.1:${port}/_local/health`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

function tryRun(command, args) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}
