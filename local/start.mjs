// `npm start` and `npm run pipeline`: what must hold before TypeScript can run, then over to cli/pipeline.ts.
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { whatIsMissing } from './host/check.mjs';
import { installPackages } from './host/packages.mjs';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const { values } = parseArgs({
  strict: false,
  options: { port: { type: 'string', default: '4566' }, 'console-port': { type: 'string', default: '4560' }, help: { type: 'boolean', short: 'h' } },
});

const ports = values.help ? [] : [
  { port: Number(values.port), option: '--port' },
  { port: Number(values['console-port']), option: '--console-port' },
];
const missing = await whatIsMissing({ folder: root, ports });
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
