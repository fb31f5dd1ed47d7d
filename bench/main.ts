import { loadavg } from 'node:os';
import { Argument, Command } from 'commander';
import { measureClicks } from './clicks/clicks';
import { measureConsumers } from './consumers/consumers';
import { measureDashboards } from './dashboards/dashboards';
import { measureFunctions } from './functions/functions';
import { measureLake } from './lake/lake';
import { measureLags } from './lags/lags';
import { measureLighthouse } from './lighthouse/lighthouse';
import { measureOrders } from './orders/orders';
import { measurePipeline } from './pipeline/pipeline';
import { print, type Section } from './report';
import { measureSearch } from './search/search';
import { measureSynth } from './synth/synth';
import { measureWorkflow } from './workflow/workflow';
import { Workplace } from './workplace';

// The SDK would warn of Node.js 20 in the middle of the tables.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const PARTS: Readonly<Record<string, (place: Workplace) => Promise<Section>>> = {
  synth: measureSynth,
  functions: measureFunctions,
  orders: measureOrders,
  workflow: measureWorkflow,
  clicks: measureClicks,
  consumers: measureConsumers,
  search: measureSearch,
  lags: measureLags,
  dashboards: measureDashboards,
  lake: measureLake,
  lighthouse: measureLighthouse,
  pipeline: measurePipeline,
};

/** `npm run bench`: what is measured, each against what it is compared with in the same run. A missed aim is told, not a failure. */
async function main(argv: readonly string[]): Promise<void> {
  const command = new Command('npm run bench --')
    .description('Measures the synth, the functions, the orders a second at the edge and in the workflow, the clicks a second, what consumers get through, searches, lags, the page of a dashboard, a day in the lake, what Lighthouse says of the shop, and the pipeline, as ratios.')
    .addArgument(new Argument('[part]', 'one part instead of all').choices(Object.keys(PARTS)))
    .option('--json', 'print one JSON document instead of tables', false)
    .parse(argv, { from: 'user' });
  const { json } = command.opts<{ json: boolean }>();
  const [only] = command.args;
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort(new Error(`Stopped by ${name}.`)));

  const load = loadavg().map((average) => average.toFixed(2)).join(', ');
  const started = new Date().toISOString();
  if (!json) console.log(`Load average at the start: ${load}. Figures of a busy machine scatter; ratios less so.`);
  const sections: Section[] = [];
  for (const [name, measure] of Object.entries(PARTS)) {
    if (only !== undefined && only !== name) continue;
    const section = await Workplace.use(name, stopping.signal, measure);
    sections.push(section);
    if (!json) print(section);
  }
  if (json) console.log(JSON.stringify({ started, load, sections }, undefined, 2));
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
