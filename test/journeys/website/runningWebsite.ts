import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { identify, signal } from '../../../local/host/processes';
import { freePort, freePorts } from '../../../local/host/ports';
import { sandboxPorts, type SandboxPorts } from '../../../local/sandbox/sandboxes';
import { website } from '../../../stages/environments';
import { eventually } from '../../support/eventually';
import { PipelineView } from '../../local/codepipeline/pipelineFixtures';

const ROOT = path.join(__dirname, '..', '..', '..');
/** As local/cli/watch.ts ends a run. */
const FAILED_RUN = /^(Failed|Stopped|Cancelled) after /m;
const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Journey', '-c', 'user.email=journey@example.com', ...args], { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });

/** `npm start` over a clone of this working tree, with ports and a home of its own. */
export class RunningWebsite {
  readonly clone: string;
  readonly home: string;
  readonly consoleUrl: string;
  readonly dashboardsUrl: string;
  readonly endpoint: string;
  readonly sandboxes: SandboxPorts;
  readonly pipeline: PipelineView;
  readonly #ports: readonly string[];
  #process: ChildProcess | undefined;
  #said = '';

  private constructor(folder: string, port: number, consolePort: number, dashboardsPort: number, sitePort: number, sandboxPort: number) {
    this.clone = path.join(folder, 'clone');
    this.home = path.join(folder, 'home');
    this.consoleUrl = `http://localhost:${consolePort}`;
    this.dashboardsUrl = `http://localhost:${dashboardsPort}`;
    this.endpoint = `http://127.0.0.1:${port}`;
    this.sandboxes = sandboxPorts(sandboxPort);
    this.#ports = ['--port', String(port), '--console-port', String(consolePort), '--dashboards-port', String(dashboardsPort), '--site-port', String(sitePort), '--sandboxes', '--sandbox-port', String(sandboxPort)];
    this.pipeline = new PipelineView(new CodePipelineClient(this.settings(website.pipeline.account)), 'website');
  }

  /** A clone of the working tree, also of what is not committed yet. */
  static async clone(folder: string): Promise<RunningWebsite> {
    const running = new RunningWebsite(folder, await freePort(), await freePort(), await freePort(), await freePort(), await freePorts(3));
    mkdirSync(running.clone);
    for (const file of git(ROOT, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')) {
      if (file === '' || !existsSync(path.join(ROOT, file))) continue;
      mkdirSync(path.dirname(path.join(running.clone, file)), { recursive: true });
      copyFileSync(path.join(ROOT, file), path.join(running.clone, file));
    }
    git(running.clone, 'init', '--quiet', '--initial-branch=main');
    writeFileSync(path.join(running.clone, '.git', 'info', 'exclude'), 'node_modules\n');
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(running.clone, 'node_modules'));
    running.commit('The website as it is');
    return running;
  }

  settings(account: string): { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } } {
    return { endpoint: this.endpoint, region: website.pipeline.region, credentials: { accessKeyId: account, secretAccessKey: 'local' } };
  }

  commit(message: string): void {
    git(this.clone, 'add', '--all');
    git(this.clone, 'commit', '--quiet', '--message', message);
  }

  push(): void {
    git(this.clone, 'push', '--quiet', 'local');
  }

  /** Starts it; what it says can be read while it runs. */
  start(...options: string[]): void {
    const args = [path.join(ROOT, 'local', 'start.mjs'), '--app', this.clone, '--home', this.home, ...this.#ports, ...options];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, CI: 'true' } });
    this.#said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (this.#said += data.toString()));
    this.#process = child;
  }

  /** Everything it has said since it was started. */
  get said(): string {
    return this.#said;
  }

  /** Waits until it says something. @throws Error with the end of what it said, at once when it has ended or a run has failed */
  async says(text: string, seconds = 900): Promise<void> {
    const whyNot = (): string | false => {
      if (this.#process?.exitCode !== null) return 'It has ended';
      return FAILED_RUN.test(stripVTControlCharacters(this.#said)) && 'A run has failed';
    };
    const why = await eventually(() => this.#said.includes(text) || whyNot(), seconds).catch(String);
    if (!this.#said.includes(text)) throw new Error(`${String(why)}. Waiting for "${text}", it said:\n${this.#said.slice(-4_000)}`);
  }

  /** The ids of every process it started. */
  processes(): number[] {
    const { parts } = JSON.parse(readFileSync(path.join(this.home, 'processes.json'), 'utf8')) as { parts: Record<string, { pid: number }> };
    return Object.values(parts).map(({ pid }) => pid);
  }

  processOf(part: string): number {
    const { parts } = JSON.parse(readFileSync(path.join(this.home, 'processes.json'), 'utf8')) as { parts: Record<string, { pid: number }> };
    return parts[part]?.pid ?? 0;
  }

  /** Ctrl-C, and the exit code it ends with. */
  async interrupt(): Promise<number | null> {
    const child = this.#process;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;
    return child.exitCode;
  }

  /** Ends what a failed test left behind. */
  async end(): Promise<void> {
    const left = existsSync(path.join(this.home, 'processes.json')) ? this.processes() : [];
    await this.interrupt();
    for (const pid of left) if (identify(pid)) signal(pid, 'SIGKILL');
    rmSync(this.home, { recursive: true, force: true });
  }

  /** An output of a deployed stack, e.g. the address of an environment's site. */
  async output(environment: string, stack: string, output: string): Promise<string> {
    const account = website.environments.find(({ name }) => name === environment)?.account ?? '';
    const { Stacks: [found] = [] } = await new CloudFormationClient(this.settings(account)).send(new DescribeStacksCommand({ StackName: `${environment}-${stack}` }));
    const value = found?.Outputs?.find(({ OutputKey }) => OutputKey === output)?.OutputValue;
    if (value === undefined) throw new Error(`${environment}-${stack} has no output ${output}.`);
    return value;
  }
}
