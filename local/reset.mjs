// `npm run reset`: forgets every stack, object, run and log of this machine. Installed parts stay.
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const local = new URL('../.local/', import.meta.url).pathname;
const homes = [join(local, 'website'), ...children(join(local, 'applications'))];
const running = homes.filter(isRunning);
if (running.length > 0) {
  console.error(`Still running: ${running.join(', ')}. Stop it first with Ctrl-C in its terminal.`);
  process.exit(1);
}
for (const home of homes) rmSync(home, { recursive: true, force: true });
console.log('Everything is forgotten. The installed parts were kept; `rm -r .local` removes them as well.');

function children(folder) {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

function isRunning(home) {
  try {
    const { supervisor } = JSON.parse(readFileSync(join(home, 'processes.json'), 'utf8'));
    process.kill(supervisor.pid, 0);
    return true;
  } catch {
    return false;
  }
}
