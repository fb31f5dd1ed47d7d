import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Link } from '../contracts/surroundings';
import { runnerPart } from './codepipeline/runnerPart';
import { gatewayPart } from './gateway/gatewayPart';
import { awsSettings, environmentWithoutAws } from './host/environment';
import { PARTS, ROOT, type Folders } from './host/folders';
import { freePort, promise } from './host/ports';
import { installMinistack } from './ministack/install';
import { ministackPart } from './ministack/ministack';
import { carrierPart } from './carrier/carrierPart';
import { inboxPart } from './inbox/inboxPart';
import { paymentPart } from './payment/paymentPart';
import { installOpenSearch } from './opensearch/install';
import { opensearchPart } from './opensearch/opensearchPart';
import { personalizePart } from './personalize/personalizePart';
import { buildDashboardPages, quicksightPart } from './quicksight/quicksightPart';
import { emrPart } from './emr/emrPart';
import { redshiftPart } from './redshift/redshiftPart';
import { publicNames } from './sandbox/sandboxes';
import type { SandboxPorts } from './sandbox/sandboxes';
import { nodePart } from './supervisor/nodePart';
import type { Part } from './supervisor/part';
import { Supervisor } from './supervisor/supervisor';
import { serveSurroundings } from './supervisor/surroundings';

export interface LocalAwsProps {
  readonly folders: Folders;
  /** Port of the gateway, the one AWS endpoint of this machine. */
  readonly port: number;
  readonly consolePort: number;
  /** Where QuickSight answers, and shows its dashboards. */
  readonly dashboardsPort: number;
  /** First port tried for the site of a CloudFront distribution. */
  readonly firstSitePort: number;
  /**
   * Where the payment provider, the carrier and the inbox of the shop answer.
   * @default they are not started: another application has no use for them
   */
  readonly sandboxes?: SandboxPorts;
  /** Takes one line when something is installed, or a part dies or comes back. */
  readonly onMessage: (line: string) => void;
}

/** AWS on this machine: the parts that answer for its services, behind one gateway. */
export class LocalAws {
  readonly gatewayUrl: string;
  readonly consoleUrl: string;
  readonly dashboardsUrl: string;
  readonly #props: LocalAwsProps;
  readonly #supervisor: Supervisor;
  #personalizePort = 0;
  #searchPort = 0;
  #surroundings: Server | undefined;

  private constructor(props: LocalAwsProps, supervisor: Supervisor) {
    this.#props = props;
    this.#supervisor = supervisor;
    this.gatewayUrl = `http://127.0.0.1:${props.port}`;
    this.consoleUrl = `http://localhost:${props.consolePort}`;
    this.dashboardsUrl = `http://localhost:${props.dashboardsPort}`;
  }

  /** Downloads and unpacks what is not installed yet. */
  static async install(onProgress: (line: string) => void): Promise<void> {
    await installMinistack({ partsDir: PARTS, onProgress });
    await installOpenSearch({ partsDir: PARTS, onProgress });
  }

  /** Starts every part but the console and resolves when all are ready. */
  static async start(props: LocalAwsProps): Promise<LocalAws> {
    const { folders, onMessage } = props;
    for (const folder of [folders.state, folders.logs, folders.git, folders.temporary]) mkdirSync(folder, { recursive: true });
    const supervisor = await Supervisor.takeOver({ logsDir: folders.logs, processesFile: join(folders.home, 'processes.json'), onMessage });
    const local = new LocalAws(props, supervisor);
    try {
      await local.#startParts();
    } catch (error) {
      await supervisor.stop();
      throw error;
    }
    return local;
  }

  async #startParts(): Promise<void> {
    const { folders, port, consolePort, dashboardsPort, firstSitePort, sandboxes } = this.#props;
    promise(port, consolePort, dashboardsPort, firstSitePort, ...Object.values(sandboxes ?? {}));
    const [ministackPort, runnerPort, personalizePort, redshiftPort, emrPort] = [await freePort(), await freePort(), await freePort(), await freePort(), await freePort()];
    this.#personalizePort = personalizePort;
    this.#searchPort = await freePort();
    await this.#supervisor.start([
      gatewayPart({ port, ministackPort, answering: { codepipeline: runnerPort, codebuild: runnerPort, es: this.#searchPort, personalize: personalizePort, 'redshift-data': redshiftPort, 'redshift-serverless': redshiftPort, 'emr-serverless': emrPort, quicksight: dashboardsPort }, firstSitePort, stateDir: join(folders.state, 'gateway') }),
      await ministackPart({ port: ministackPort, gatewayUrl: this.gatewayUrl, stateDir: join(folders.state, 'ministack'), partsDir: PARTS, tmpDir: join(folders.temporary, 'ministack'), publicNames: sandboxes && publicNames(sandboxes) }),
      runnerPart({ port: runnerPort, gatewayUrl: this.gatewayUrl, stateDir: join(folders.state, 'codepipeline'), gitDir: folders.git }),
      await opensearchPart({ port: this.#searchPort, transportPort: await freePort(), stateDir: join(folders.state, 'opensearch'), partsDir: PARTS }),
      personalizePart({ port: personalizePort, stateDir: join(folders.state, 'personalize'), gatewayUrl: this.gatewayUrl }),
      redshiftPart({ port: redshiftPort, stateDir: join(folders.state, 'redshift'), gatewayUrl: this.gatewayUrl }),
      emrPart({ port: emrPort, stateDir: join(folders.state, 'emr'), partsDir: PARTS, gatewayUrl: this.gatewayUrl }),
      quicksightPart({ port: dashboardsPort, stateDir: join(folders.state, 'quicksight'), gatewayUrl: this.gatewayUrl }),
      ...(sandboxes ? sandboxParts(sandboxes, folders, ministackPort) : []),
    ]);
  }

  /** Where Personalize itself answers, and is told to refuse. */
  get personalizeUrl(): string {
    return `http://127.0.0.1:${this.#personalizePort}`;
  }

  /** Where the OpenSearch node itself answers, without a signature. */
  get searchUrl(): string {
    return `http://127.0.0.1:${this.#searchPort}`;
  }

  /** Builds the pages of the console and of the dashboards, and starts the console over the pipelines of `account`. */
  async startConsole(account: string, region: string): Promise<void> {
    const { build } = await import('vite');
    await build({ configFile: join(ROOT, 'console', 'vite.config.mts'), logLevel: 'warn' });
    await buildDashboardPages();
    const surroundingsPort = await freePort();
    this.#surroundings = await serveSurroundings({ supervisor: this.#supervisor, links: () => this.#links, port: surroundingsPort });
    await this.#supervisor.start([
      {
        name: 'console',
        ...nodePart(join(ROOT, 'console', 'main.ts'), '--port', String(this.#props.consolePort), '--region', region, '--surroundings', `http://127.0.0.1:${surroundingsPort}/`),
        env: { ...environmentWithoutAws(), ...awsSettings(this.gatewayUrl, account, region) },
        healthUrl: `http://127.0.0.1:${this.#props.consolePort}/health`,
      },
    ]);
  }

  /** Pages of this machine that whoever looks at the console wants to find. */
  get #links(): Link[] {
    return Object.entries({ ...this.sandboxUrls, dashboards: this.dashboardsUrl }).map(([name, url]) => ({ name, url }));
  }

  /** The pages of the sandboxes, by name; none where there are none. */
  get sandboxUrls(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.#props.sandboxes ?? {}).map(([name, port]) => [name, `http://localhost:${port}`]));
  }

  async stop(): Promise<void> {
    this.#surroundings?.close();
    this.#surroundings?.closeAllConnections();
    await this.#supervisor.stop();
  }
}

const sandboxParts = ({ payment, carrier, inbox }: SandboxPorts, { state }: Folders, ministackPort: number): Part[] => [
  paymentPart({ port: payment, stateDir: join(state, 'payment') }),
  carrierPart({ port: carrier, stateDir: join(state, 'carrier') }),
  inboxPart({ port: inbox, ministackUrl: `http://127.0.0.1:${ministackPort}` }),
];
