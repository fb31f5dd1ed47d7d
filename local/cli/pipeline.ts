import { CodePipelineClient, StartPipelineExecutionCommand, type PipelineExecutionSummary } from '@aws-sdk/client-codepipeline';
import { REMOTE } from '../application/remote';
import { foldersIn } from '../host/folders';
import { LocalAws } from '../localAws';
import { putProviderKeys, sandboxPorts } from '../sandbox/sandboxes';
import { addressesOf } from './addresses';
import { ApprovalDesk } from './approve';
import { colours } from './colours';
import { parseOptions, type PipelineOptions } from './options';
import { prepare, type Prepared } from './prepare';
import { Terminal } from './terminal';
import { keepTraffic } from './traffic';
import { isActive, listExecutions, watchExecutions, type WatchProps } from './watch';

/** Runs an application's pipeline on this machine until somebody stops it, or with `--exit` for one whole run. */
async function main(options: PipelineOptions): Promise<number> {
  const terminal = new Terminal();
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort());
  const folders = foldersIn(options.home);
  await terminal.step('Installing the local parts', (progress) => LocalAws.install(progress));
  const local = await terminal.step('Starting the local parts', () =>
    LocalAws.start({ folders, port: options.port, consolePort: options.consolePort, dashboardsPort: options.dashboardsPort, firstSitePort: options.sitePort, sandboxes: options.sandboxes ? sandboxPorts(options.sandboxPort) : undefined, onMessage: (line) => terminal.line(colours.yellow(line)) }),
  );
  try {
    return await unlessAborted(stopping.signal, runPipeline(options, local, terminal, stopping.signal));
  } finally {
    stopping.abort();
    await terminal.step('Stopping the local parts', () => local.stop());
  }
}

async function runPipeline(options: PipelineOptions, local: LocalAws, terminal: Terminal, signal: AbortSignal): Promise<number> {
  const folders = foldersIn(options.home);
  if (options.sandboxes) await putProviderKeys(local.gatewayUrl);
  const prepared = await prepare({ app: options.app, folders, gatewayUrl: local.gatewayUrl, terminal });
  const { pipelineName, application: { pipeline: { account, region } } } = prepared;
  await terminal.step('Starting the console', () => local.startConsole(account, region));
  // A runner that died is back within seconds; until then its calls are tried again.
  const client = new CodePipelineClient({ endpoint: local.gatewayUrl, region, credentials: { accessKeyId: account, secretAccessKey: 'local' }, maxAttempts: 12 });
  const approvals = new ApprovalDesk({ client, pipelineName, terminal, approve: options.approve, consoleUrl: local.consoleUrl });
  const watch: WatchProps = { client, pipelineName, terminal, approvals, signal };
  warnOfUncommitted(prepared, terminal);
  keepTraffic(options, local.gatewayUrl, { terminal, approvals, signal });

  const ended = await endedExecutions(watch, prepared, options.exit);
  for await (const status of watchExecutions(watch, ended)) {
    if (signal.aborted) break;
    // A pipeline that updated itself starts over: the run that goes on is the next one.
    if (status === 'Superseded' || status === 'Cancelled') continue;
    await sayWhatIsWhere(prepared, local, terminal);
    if (options.exit) return status === 'Succeeded' ? 0 : 1;
    terminal.line(`\nChange a line, commit it, and \`git push ${REMOTE}\`: the change goes the same way. Ctrl-C stops everything.`);
  }
  return 0;
}

/** The executions that were over before this start; with `--exit` and nothing new a run is started, so that there is one to see. */
async function endedExecutions({ client, pipelineName }: WatchProps, { pushed, pushedAt }: Prepared, startOne: boolean): Promise<PipelineExecutionSummary[]> {
  const executions = await listExecutions(client, pipelineName);
  const isNew = (execution: PipelineExecutionSummary): boolean => isActive(execution) || Number(execution.startTime) >= pushedAt;
  const ended = executions.filter((execution) => !isNew(execution));
  if (startOne && ended.length > 0 && ended.length === executions.length && pushed.every(({ upToDate }) => upToDate)) {
    await client.send(new StartPipelineExecutionCommand({ name: pipelineName }));
  }
  return ended;
}

function warnOfUncommitted({ pushed }: Prepared, terminal: Terminal): void {
  if (pushed.some(({ uncommitted }) => uncommitted)) terminal.line(colours.yellow('The working tree has changes that are in no commit: the pipeline runs what is committed.'));
}

async function sayWhatIsWhere({ application }: Prepared, local: LocalAws, terminal: Terminal): Promise<void> {
  terminal.line();
  for (const { stack, output, url } of await addressesOf(application.environments, local.gatewayUrl)) terminal.line(`  ${`${stack} ${output}`.padEnd(28)} ${colours.cyan(url)}`);
  for (const [name, url] of Object.entries(local.sandboxUrls)) terminal.line(`  ${name.padEnd(28)} ${colours.cyan(url)}`);
  terminal.line(`  ${'dashboards'.padEnd(28)} ${colours.cyan(local.dashboardsUrl)}`);
  terminal.line(`  ${'console'.padEnd(28)} ${colours.cyan(local.consoleUrl)}`);
  terminal.line(`  ${'AWS endpoint'.padEnd(28)} ${colours.cyan(local.gatewayUrl)}`);
}

function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T | number> {
  const aborted = new Promise<number>((resolve) => signal.addEventListener('abort', () => resolve(130), { once: true }));
  return Promise.race([work, aborted]);
}

main(parseOptions(process.argv.slice(2))).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(colours.red(error instanceof Error ? error.message : String(error)));
    process.exit(1);
  },
);
