// `npm run reset`: forgets every stack, object, run and log of this machine. Installed parts stay.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { home: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  console.log('npm run reset [-- --home <folder>]\n\nForgets every stack, object, run and log of this machine, or of one home that npm start was given. Installed parts stay.');
  process.exit(0);
}

const local = new URL('../.local/', import.meta.url).pathname;
const applications = join(local, 'applications');
const homes = values.home
  ? [resolve(process.env.INIT_CWD ?? '.', values.home)]
  : [join(local, 'website'), ...(existsSync(applications) ? readdirSync(applications).map((name) => join(applications, name)) : [])];
const running = homes.filter(isRunning);
if (running.length > 0) {
  console.error(`Still running: ${running.join(', ')}. Stop it first with Ctrl-C in its terminal.`);
  process.exit(1);
}
for (const home of homes) rmSync(home, { recursive: true, force: true });
console.log('Everything is forgotten. The installed parts were kept; rm -r .local removes them as well.');

function isRunning(home) {
  try {
    const { supervisor } = JSON.parse(readFileSync(join(home, 'processes.json'), 'utf8'));
    process.kill(supervisor.pid, 0);
    return true;
  } catch {
    return false;
  }
}
