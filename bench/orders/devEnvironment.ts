import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStackResourcesCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { bootstrap } from '../../local/application/bootstrap';
import { readApplication } from '../../local/application/assembly';
import { cdk } from '../../local/application/cdk';
import { awsSettings, environmentWithoutAws } from '../../local/host/environment';
import { foldersIn } from '../../local/host/folders';
import { freePort } from '../../local/host/ports';
import { LocalAws } from '../../local/localAws';
import { putProviderKeys, type SandboxPorts } from '../../local/sandbox/sandboxes';
import { website } from '../../stages/environments';
import { build, synthesize, UNVALIDATED } from '../application';
import type { Workplace } from '../workplace';
import { openApi } from './openApi';

const [first] = website.environments;
if (!first) throw new Error('stages/environments.ts names no environment.');
const { name, account, region } = first;

/** What accepts an order, and clicks. What is done with it afterwards would only be in the way of the next one. */
const STACKS = ['Auth', 'Firewall', 'Edge', 'Catalog', 'Orders', 'Clickstream'];

const homeIn = ({ folder }: Workplace): string => join(folder, 'home');

/** The first environment of the website as far as it accepts orders, or processes them too, deployed on AWS on this machine. */
export class DevEnvironment {
  readonly name = name;
  readonly account = account;
  readonly region = region;
  /** For clients of the AWS SDK. */
  readonly settings: { readonly endpoint: string; readonly region: string; readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } };
  /** Where the OpenSearch node itself answers. */
  readonly searchUrl: string;
  /** The pages of the dashboards, once they are built. */
  readonly dashboardsUrl: string;
  readonly #place: Workplace;
  readonly #cloudFormation: CloudFormationClient;

  private constructor(place: Workplace, { gatewayUrl, searchUrl, dashboardsUrl }: LocalAws) {
    this.#place = place;
    this.searchUrl = searchUrl;
    this.dashboardsUrl = dashboardsUrl;
    this.settings = { endpoint: gatewayUrl, region, credentials: { accessKeyId: account, secretAccessKey: 'local' } };
    this.#cloudFormation = new CloudFormationClient(this.settings);
  }

  /**
   * Starts AWS with a home and ports of its own, and deploys the environment's stacks.
   *
   * @param sandboxes where the payment provider, the carrier and the inbox answer; without them orders are accepted and no more
   * @param more stacks besides those that accept orders and clicks
   */
  static async deploy(place: Workplace, { sandboxes, more = [] }: { readonly sandboxes?: SandboxPorts; readonly more?: readonly string[] } = {}): Promise<DevEnvironment> {
    await build(place);
    const assembly = join(place.folder, 'cdk.out');
    await synthesize(place, assembly, 'bin/website.ts', UNVALIDATED);
    const say = (line: string): void => console.error(line);
    await LocalAws.install(say);
    const local = await LocalAws.start({ folders: foldersIn(homeIn(place)), port: await freePort(), consolePort: await freePort(), dashboardsPort: await freePort(), firstSitePort: await freePort(), sandboxes, onMessage: say });
    await place.atEnd(() => local.stop());
    const dev = new DevEnvironment(place, local);
    const application = readApplication(assembly, { account, region });
    await bootstrap({ ...application, environments: [{ account, region }] }, local.gatewayUrl, () => undefined);
    if (sandboxes) await putProviderKeys(local.gatewayUrl);
    const stacks = [...STACKS, ...more, ...(sandboxes ? ['Workflow', 'ApiStage'] : [])];
    await dev.deployStacks(assembly, ...stacks.map((stack) => `${application.pipeline.displayName}/${name}/${stack}`));
    if (!sandboxes) await openApi(place, dev);
    return dev;
  }

  /** Deploys those stacks of an assembly that a pattern of the CDK CLI names. */
  async deployStacks(assembly: string, ...stacks: readonly string[]): Promise<void> {
    const env = { ...environmentWithoutAws(), ...this.env };
    await cdk(['deploy', ...stacks, '--app', assembly, '--require-approval', 'never', '--progress', 'events'], { folder: this.#place.folder, env, signal: this.#place.signal });
  }

  /** For processes that speak to AWS. */
  get env(): Record<string, string> {
    return awsSettings(this.settings.endpoint, account, region);
  }

  /** An output of one of the environment's stacks: `output('Edge', 'SiteUrl')`. */
  output(stack: string, output: string): Promise<string> {
    return this.outputOf(`${name}-${stack}`, output);
  }

  async outputOf(stackName: string, output: string): Promise<string> {
    const { Stacks: [stack] = [] } = await this.#cloudFormation.send(new DescribeStacksCommand({ StackName: stackName }));
    const value = stack?.Outputs?.find(({ OutputKey: key }) => key === output)?.OutputValue;
    if (value === undefined) throw new Error(`${stackName} has no output ${output}.`);
    return value.replace(/\/$/, '');
  }

  /** The name of a table by its id in a stack: `table('Orders', 'Quotes')`. */
  table(stack: string, id: string): Promise<string> {
    return this.#resource('AWS::DynamoDB::', stack, id);
  }

  /** The id of the shop's API. */
  httpApi(): Promise<string> {
    return this.#resource('AWS::ApiGatewayV2::Api', 'Edge', 'HttpApi');
  }

  /** The ARN of a state machine of the workflow: `stateMachine('ProcessOrder')`. */
  stateMachine(id: string): Promise<string> {
    return this.#resource('AWS::StepFunctions::StateMachine', 'Workflow', `${id}StateMachine`);
  }

  /** The id of the process that is a part of AWS on this machine: `processOf('redshift')`. */
  processOf(part: string): number {
    const { parts }: { readonly parts: Readonly<Record<string, { readonly pid: number }>> } = JSON.parse(readFileSync(join(homeIn(this.#place), 'processes.json'), 'utf8'));
    const pid = parts[part]?.pid;
    if (pid === undefined) throw new Error(`There is no process of ${part}.`);
    return pid;
  }

  async #resource(type: string, stack: string, id: string): Promise<string> {
    const { StackResources: resources = [] } = await this.#cloudFormation.send(new DescribeStackResourcesCommand({ StackName: `${name}-${stack}` }));
    const found = resources.find((resource) => resource.ResourceType?.startsWith(type) && resource.LogicalResourceId?.replace(/[0-9A-F]{8}$/, '') === id);
    if (found?.PhysicalResourceId === undefined) throw new Error(`${name}-${stack} has no ${type} ${id}.`);
    return found.PhysicalResourceId;
  }
}
