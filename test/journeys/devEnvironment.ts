import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { installAwsCli } from '../../local/awscli/install';
import { readApplication } from '../../local/application/assembly';
import { bootstrap } from '../../local/application/bootstrap';
import { cdk } from '../../local/application/cdk';
import { awsSettings, environmentWithoutAws } from '../../local/host/environment';
import { foldersIn, PARTS, ROOT } from '../../local/host/folders';
import { freePort } from '../../local/host/ports';
import { LocalAws } from '../../local/localAws';
import { putProviderKeys, sandboxPorts } from '../../local/sandbox/sandboxes';
import type { SandboxPorts } from '../../local/sandbox/sandboxes';
import { website } from '../../stages/environments';
import type { Website, WebsiteEnvironment } from '../../stages/environments';
import { providerKeySecrets } from '../../stages/provider-keys';
import { assembly, synthesize } from '../app/synthesized';
import { copyDeployed, keepDeployed, newPorts } from './deployedOnce';
import type { KeptPorts } from './deployedOnce';
import { deployStage } from './deployment';

const run = promisify(execFile);

/** The shop's first environment on a machine of the test's own: every part under its supervisor, every stack of its stage. */
export class DevEnvironment {
  readonly name: string;
  readonly region: string;
  /** What the supervisor has said: which part died, and that it is started again. */
  readonly said: string[] = [];
  readonly sandboxes: Readonly<Record<keyof SandboxPorts, string>>;
  readonly ports: SandboxPorts;
  readonly #home: string;
  readonly #kept: KeptPorts;
  readonly #environment: WebsiteEnvironment;
  #starting: Promise<LocalAws> | undefined;
  #local: LocalAws | undefined;

  private constructor(home: string, kept: KeptPorts) {
    const [dev] = website.environments;
    if (!dev) throw new Error('The website has no environment.');
    this.#environment = dev;
    ({ name: this.name, region: this.region } = dev);
    this.#home = home;
    this.#kept = kept;
    const ports = sandboxPorts(kept.sandboxes);
    this.ports = ports;
    this.sandboxes = { payment: `http://127.0.0.1:${ports.payment}`, carrier: `http://127.0.0.1:${ports.carrier}`, inbox: `http://127.0.0.1:${ports.inbox}` };
  }

  /**
   * @param home a folder for everything that the parts keep
   * @param of the website whose first environment it is
   */
  static async start(home: string, of?: Website): Promise<DevEnvironment> {
    const deployed = of ? undefined : await copyDeployed(home);
    const environment = new DevEnvironment(home, deployed ?? (await newPorts()));
    try {
      await (deployed ? environment.#run() : environment.#deploy(of));
      if (!deployed && !of) await environment.#keep();
    } catch (error) {
      await environment.stop();
      throw error;
    }
    return environment;
  }

  async #run(): Promise<void> {
    await LocalAws.install(() => undefined);
    const { port, firstSitePort } = this.#kept;
    const props = { folders: foldersIn(this.#home), port, firstSitePort, consolePort: await freePort(), dashboardsPort: await freePort(), sandboxes: this.ports };
    this.#starting = LocalAws.start({ ...props, onMessage: (line) => this.said.push(line) });
    this.#local = await this.#starting;
  }

  async #deploy(of?: Website): Promise<void> {
    // Before anything is started: a synth keeps this process from looking at what it has started.
    const { directory } = of ? synthesize(of) : assembly();
    await this.#run();
    await putProviderKeys(this.endpoint);
    const application = readApplication(directory, website.pipeline);
    const environments = application.environments.filter(({ account }) => account === this.#environment.account);
    await bootstrap({ ...application, environments }, this.endpoint, () => undefined);
    await deployStage({ stage: this.#stageIn(directory), env: this.#env, settings: this.settings });
  }

  /** For the journeys that come after this one. */
  async #keep(): Promise<void> {
    await this.stop();
    keepDeployed(this.#home, this.#kept);
    await this.#run();
  }

  /** Releases one stack of the environment again, as another website has it. */
  async release(stack: string, of: Website): Promise<void> {
    const app = this.#stageIn(synthesize(of).directory);
    await cdk(['deploy', '--exclusively', `**/${stack}`, '--app', app, '--require-approval', 'never', '--method', 'direct'], { folder: ROOT, env: this.#env });
  }

  #stageIn(assembly: string): string {
    return path.join(assembly, `assembly-Website-Pipeline-${this.name}`);
  }

  get endpoint(): string {
    if (!this.#local) throw new Error('It is not running.');
    return this.#local.gatewayUrl;
  }

  /** Has Personalize refuse these operations for being asked too often; none ends it. */
  async throttlePersonalize(...operations: readonly string[]): Promise<void> {
    const rules = Object.fromEntries(operations.map((operation) => [operation, {}]));
    const { ok } = await fetch(`${this.#local?.personalizeUrl}/_local/throttled`, { method: 'PUT', body: JSON.stringify(rules) });
    if (!ok) throw new Error('Personalize does not listen.');
  }

  /** Where the OpenSearch node itself answers, past every signature and policy. */
  get searchUrl(): string {
    return this.#local?.searchUrl ?? '';
  }

  /** Where QuickSight's dashboards are shown. */
  get dashboardsUrl(): string {
    return this.#local?.dashboardsUrl ?? '';
  }

  /** The folder of what the parts print. */
  get logs(): string {
    return foldersIn(this.#home).logs;
  }

  /** For AWS SDK clients. */
  get settings(): { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } } {
    return { endpoint: this.endpoint, region: this.region, credentials: { accessKeyId: this.#environment.account, secretAccessKey: 'local' } };
  }

  get #env(): Record<string, string> {
    return { ...environmentWithoutAws(), ...awsSettings(this.endpoint, this.#environment.account, this.region) };
  }

  /** An output of one of its stacks: `output('Edge', 'SiteUrl')`. */
  async output(stack: string, output: string): Promise<string> {
    const { Stacks: [found] = [] } = await new CloudFormationClient(this.settings).send(new DescribeStacksCommand({ StackName: `${this.name}-${stack}` }));
    const value = found?.Outputs?.find(({ OutputKey }) => OutputKey === output)?.OutputValue;
    if (value === undefined) throw new Error(`${this.name}-${stack} has no output ${output}.`);
    return value;
  }

  /** The names or ARNs of a stack's resources of one type, by logical id. */
  async resources(stack: string, type: string): Promise<Map<string, string>> {
    const client = new CloudFormationClient(this.settings);
    const found = new Map<string, string>();
    let NextToken: string | undefined;
    do {
      const page = await client.send(new ListStackResourcesCommand({ StackName: `${this.name}-${stack}`, NextToken }));
      for (const { LogicalResourceId: id = '', PhysicalResourceId: name = '', ResourceType } of page.StackResourceSummaries ?? []) if (ResourceType === type) found.set(id, name);
      NextToken = page.NextToken;
    } while (NextToken);
    return found;
  }

  /** The key with which the shop calls a provider. */
  async providerKey(provider: 'payment' | 'carrier'): Promise<string> {
    const { SecretString: key = '' } = await new SecretsManagerClient(this.settings).send(new GetSecretValueCommand({ SecretId: providerKeySecrets(this.#environment)[provider] }));
    return key;
  }

  /** Has the schedule of a stack whose logical id begins so come round each minute, the most often there is. */
  async hurry(stack: string, id: string): Promise<void> {
    await this.aws('events', 'put-rule', '--name', await this.resource(stack, 'AWS::Events::Rule', id), '--schedule-expression', 'rate(1 minute)');
  }

  /** `aws <args>` as a person of this environment's account runs it. @returns what it says, parsed; nothing when it says nothing */
  aws(...args: readonly string[]): Promise<unknown> {
    return this.awsAs(this.#environment.account, ...args);
  }

  /** The same in another account. */
  async awsAs(account: string, ...args: readonly string[]): Promise<unknown> {
    const cli = await installAwsCli(PARTS);
    // Of SQS it believes no environment variable.
    const { stdout } = await run(cli.command, [...cli.args, ...args, '--output', 'json', '--endpoint-url', this.endpoint], { env: { ...environmentWithoutAws(), ...awsSettings(this.endpoint, account, this.region) } });
    return stdout.trim() === '' ? undefined : JSON.parse(stdout);
  }

  /** What the function of a stack whose logical id begins so has logged since a moment under a message. */
  async logged(stack: string, id: string, message: string, since: number): Promise<Record<string, unknown>[]> {
    const logGroupName = await this.resource(stack, 'AWS::Logs::LogGroup', id);
    const { events = [] } = await new CloudWatchLogsClient(this.settings).send(new FilterLogEventsCommand({ logGroupName, startTime: since, filterPattern: `"${message}"` }));
    const lines = events.map((event) => JSON.parse(event.message ?? '{}') as Record<string, unknown>);
    return lines.filter((line) => line['message'] === message);
  }

  /** The name or ARN of the stack's resource of a type whose logical id begins so. */
  async resource(stack: string, type: string, id: string): Promise<string> {
    const [, name] = [...(await this.resources(stack, type))].find(([logicalId]) => logicalId.startsWith(id)) ?? [];
    if (name === undefined) throw new Error(`${this.name}-${stack} has no ${type} ${id}.`);
    return name;
  }

  /** `npm run <script>` as a person of this environment's account runs it. @returns what it says */
  async npm(script: string, ...args: readonly string[]): Promise<string> {
    const { stdout } = await run('npm', ['run', '--silent', script, '--', ...args], { cwd: ROOT, env: this.#env });
    return stdout;
  }

  /** The id of the process that is a part now; a part that died is another one later. */
  processOf(part: string): number | undefined {
    const { parts } = JSON.parse(readFileSync(path.join(this.#home, 'processes.json'), 'utf8')) as { parts: Record<string, { pid: number }> };
    return parts[part]?.pid;
  }

  async stop(): Promise<void> {
    const local = await this.#starting?.catch(() => undefined);
    this.#starting = undefined;
    await local?.stop();
  }
}
