// `npm start` and `npm run pipeline`: what must hold before TypeScript can run, then over to cli/pipeline.ts.
import { join } from 'node:path';
import { createRequire } from 'node:module';
import util from 'node:util';
import { whatIsMissing } from './host/check.mjs';
import { installPackages } from './host/packages.mjs';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const missing = await whatIsMissing({ folder: root, ports: wantedPorts() });
if (missing.length > 0) {
  console.error(['This machine lacks something:', ...missing.map((sentence) => `  - ${sentence}`)].join('\n'));
  process.exit(1);
}
try {
  installPackages(root);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
// The SDK would warn of Node.js 20 in every process; what this machine must bring is said once, above.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const require = createRequire(import.meta.url);
require('tsx/cjs/api').register();
require('./cli/pipeline.ts');

/** The ports that must be free, from the command line; none for `--help`, and none in versions of Node.js that are too old anyway. */
function wantedPorts() {
  if (!util.parseArgs) return [];
  const { values } = util.parseArgs({
    strict: false,
    options: { port: { type: 'string', default: '4566' }, 'console-port': { type: 'string', default: '4560' }, 'dashboards-port': { type: 'string', default: '4574' }, 'sandbox-port': { type: 'string', default: '4571' }, app: { type: 'string' }, sandboxes: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return [];
  // What is no port at all is refused with the other options, in cli/options.ts.
  const first = Number(values['sandbox-port']);
  const sandboxes = values.sandboxes || values.app === undefined ? [first, first + 1, first + 2].map((port) => ({ port, option: '--sandbox-port' })) : [];
  return [...['port', 'console-port', 'dashboards-port'].map((name) => ({ port: Number(values[name]), option: `--${name}` })), ...sandboxes].filter(({ port }) => port > 0 && port < 65_536);
}
