import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { ServiceError } from '../../aws/errors';
import type { ClientSettings, Roles } from '../../aws/roles';
import type { ServicePermissions } from '../../aws/servicePermissions';
import type { LogStreams, StreamName } from '../logs/log-streams';
import { entriesOf, readJson, recordWith, writeJson } from '../store/files';
import { removeTree } from '../store/trees';
import { BuildRun } from './build-run';
import type { Build, EnvironmentVariable, Project } from './model';
import { endProcesses } from './processes';
import type { Report } from './reports';

export interface StartOptions {
  readonly initiator: string;
  readonly environmentVariables?: readonly EnvironmentVariable[];
  readonly sourceVersion?: string;
  /** Folder of the primary input; a project without a source has none. */
  readonly source?: string;
  readonly secondarySources?: Readonly<Record<string, string>>;
  /** Folder to put each artefact into, by its name. */
  readonly artifacts?: Readonly<Record<string, string>>;
}

const isBuild = recordWith<Build>('id', 'project', 'phases');
const isReport = recordWith<Report>('arn', 'cases');

interface Running {
  readonly build: Build;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** CodeBuild's builds: as many at a time as the machine has processors, the others wait in the phase QUEUED. */
export class Builds {
  readonly #stateDir: string;
  readonly #workDir: string;
  readonly #roles: Roles;
  readonly #permissions: ServicePermissions;
  readonly #logs: LogStreams;
  readonly #builds: Map<string, Build>;
  readonly #reports: Map<string, Report>;
  readonly #running = new Map<string, Running>();
  readonly #waiting: (() => void)[] = [];
  #free = Math.max(2, availableParallelism());

  constructor(options: { readonly stateDir: string; readonly roles: Roles; readonly permissions: ServicePermissions; readonly logs: LogStreams }) {
    this.#stateDir = options.stateDir;
    this.#roles = options.roles;
    this.#permissions = options.permissions;
    this.#logs = options.logs;
    // Builds run far from the state: npm and git would find what lies above a folder inside of a repository.
    this.#workDir = path.join(tmpdir(), `codebuild-${createHash('sha256').update(path.resolve(options.stateDir)).digest('hex').slice(0, 8)}`);
    const files = (folder: string) => entriesOf(path.join(this.#stateDir, folder));
    this.#builds = new Map(files('builds').map((file) => readJson(file, isBuild)).map((build) => [build.id, build]));
    this.#reports = new Map(files('reports').map((file) => readJson(file, isReport)).map((report) => [report.arn, report]));
    mkdirSync(this.#stateDir, { recursive: true });
    writeFileSync(this.#emptyFile, '');
  }

  /** Ends what an earlier runner has left running, and records that those builds have ended. */
  async recover(): Promise<void> {
    for (const build of this.#builds.values()) {
      if (build.status !== 'IN_PROGRESS') continue;
      await endProcesses({ buildId: build.id });
      build.status = 'FAULT';
      build.endTime = Date.now();
      const last = build.phases.at(-1);
      if (last !== undefined) {
        last.phaseStatus = 'FAULT';
        last.context = { statusCode: 'INTERNAL_SERVICE_ERROR', message: 'the runner stopped while this build ran' };
      }
      this.#save(build);
    }
    rmSync(this.#workDir, { recursive: true, force: true });
  }

  find(id: string): Build | undefined {
    return this.#builds.get(id);
  }

  /** An account's builds in a region, newest first. */
  list(account: string, region: string, project?: string): Build[] {
    const own = [...this.#builds.values()].filter((build) => build.account === account && build.region === region);
    return own.filter((build) => project === undefined || build.project.name === project).sort((a, b) => b.startTime - a.startTime || b.number - a.number);
  }

  report(arn: string): Report | undefined {
    return this.#reports.get(arn);
  }

  streamOf({ account, region, logGroup, logStream }: Build): StreamName {
    return { account, region, group: logGroup, stream: logStream };
  }

  /** Starts a build. Its record changes as it goes on; `done` resolves once it has ended, however it ended. */
  start({ account, region, settings }: Project, options: StartOptions): { readonly build: Build; readonly done: Promise<void> } {
    const uuid = randomUUID();
    const number = this.list(account, region, settings.name).length + 1;
    const logs = settings.logsConfig?.cloudWatchLogs;
    const build: Build = {
      id: `${settings.name}:${uuid}`,
      account,
      region,
      project: settings,
      number,
      initiator: options.initiator,
      sourceVersion: options.sourceVersion,
      resolvedSourceVersion: options.sourceVersion,
      environmentVariables: options.environmentVariables ?? [],
      logGroup: logs?.groupName ?? `/aws/codebuild/${settings.name}`,
      logStream: logs?.streamName === undefined ? uuid : `${logs.streamName}/${uuid}`,
      startTime: Date.now(),
      status: 'IN_PROGRESS',
      phases: [{ phaseType: 'SUBMITTED', phaseStatus: 'SUCCEEDED', startTime: Date.now(), endTime: Date.now() }],
      exportedVariables: [],
      reportArns: [],
    };
    this.#builds.set(build.id, build);
    this.#save(build);
    const controller = new AbortController();
    const done = this.#run(build, options, controller).finally(() => this.#running.delete(build.id));
    this.#running.set(build.id, { build, controller, done });
    return { build, done };
  }

  /** Ends a build and waits until nothing of it runs any more. */
  async stop(id: string): Promise<Build> {
    const build = this.#builds.get(id);
    if (build === undefined) throw new ServiceError('ResourceNotFoundException', `Build cannot be found: ${id}`);
    const running = this.#running.get(id);
    running?.controller.abort('STOPPED');
    await running?.done;
    return build;
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.stop(id)));
    rmSync(this.#workDir, { recursive: true, force: true });
  }

  async #run(build: Build, options: StartOptions, controller: AbortController): Promise<void> {
    const uuid = build.id.split(':').at(-1) ?? build.id;
    await this.#turn(build);
    const workFolder = path.join(this.#workDir, uuid);
    const log = this.#logs.writer(this.streamOf(build));
    const timeout = setTimeout(() => controller.abort('TIMED_OUT'), build.project.timeoutInMinutes * 60_000);
    try {
      await new BuildRun({
        build,
        workFolder,
        source: options.source,
        secondarySources: options.secondarySources ?? {},
        artifacts: options.artifacts ?? {},
        reportsFolder: path.join(this.#stateDir, 'report-files', uuid),
        place: async () => ({
          toolsFolder: path.join(this.#stateDir, 'tools', build.account, build.region, build.project.name),
          emptyFile: this.#emptyFile,
          settings: await this.#settings(build, uuid),
        }),
        demand: (needs) => this.#permissions.demand(build.project.serviceRole, `AWSCodeBuild-${uuid}`, build.region, needs),
        log,
        signal: controller.signal,
        onChange: () => this.#save(build),
        onReport: (report) => this.#keep(report),
      }).run();
    } finally {
      clearTimeout(timeout);
      log.close();
      this.#next();
      // Nobody waits for it; what is left goes with the whole folder at the next start.
      void removeTree(workFolder).catch(() => {});
    }
  }

  async #settings({ project, account, region }: Build, uuid: string): Promise<ClientSettings> {
    const service = this.#roles.ofService('codebuild.amazonaws.com', account);
    return this.#roles.settings(await this.#roles.assume(project.serviceRole, `AWSCodeBuild-${uuid}`, region, service), region);
  }

  /** Waits until a processor is free for the build. */
  async #turn(build: Build): Promise<void> {
    const phase: Build['phases'][number] = { phaseType: 'QUEUED', phaseStatus: 'SUCCEEDED', startTime: Date.now() };
    build.phases.push(phase);
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    phase.endTime = Date.now();
  }

  #next(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }

  #keep(report: Report): void {
    this.#reports.set(report.arn, report);
    const name = createHash('sha256').update(report.arn).digest('hex');
    writeJson(path.join(this.#stateDir, 'reports', `${name}.json`), report);
  }

  #save(build: Build): void {
    writeJson(path.join(this.#stateDir, 'builds', `${encodeURIComponent(build.id)}.json`), build);
  }

  get #emptyFile(): string {
    return path.join(this.#stateDir, 'empty');
  }
}
