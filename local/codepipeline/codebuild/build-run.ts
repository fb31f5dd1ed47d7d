import { mkdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../../aws/errors';
import { parseBuildspec, phaseNames, type Buildspec, type PhaseName } from '../buildspec/buildspec';
import type { ServiceAct } from '../../permissions/gatekeeper';
import type { LogWriter } from '../logs/log-streams';
import { copyTree } from '../store/trees';
import { keepArtifacts, keepReports } from './build-results';
import { buildEnvironment, type BuildPlace } from './environment';
import type { Build, BuildStatus, PhaseType } from './model';
import { logNeeds, reportNeeds } from './permissions';
import { endProcesses } from './processes';
import type { Report } from './reports';
import { Shell } from './shell';

/** Why a phase failed: CodeBuild's code, and words. */
class PhaseFailure extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface BuildRunOptions {
  readonly build: Build;
  /** Folder for this build alone, to be removed by whoever gave it; outside of any repository: neither npm nor git must find one above it. */
  readonly workFolder: string;
  /** The primary input, or nothing for a project without a source. */
  readonly source: string | undefined;
  /** Further inputs, by artefact name. */
  readonly secondarySources: Readonly<Record<string, string>>;
  /** Where each artefact that is asked for is to be put. */
  readonly artifacts: Readonly<Record<string, string>>;
  readonly reportsFolder: string;
  readonly place: () => Promise<Pick<BuildPlace, 'settings' | 'toolsFolder' | 'emptyFile'>>;
  /** Throws when the project's role does not allow this. */
  readonly demand: (needs: ServiceAct['needs']) => Promise<void>;
  readonly log: LogWriter;
  /** Aborted with the status the build is to end with: STOPPED or TIMED_OUT. */
  readonly signal: AbortSignal;
  /** Called after each change of the build. */
  readonly onChange: () => void;
  readonly onReport: (report: Report) => void;
}

/**
 * Runs a build through CodeBuild's phases; the build's own record says how it ended.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/view-build-details-phases.html
 */
export class BuildRun {
  readonly #options: BuildRunOptions;
  #shell: Shell | undefined;
  #lastLines: string[] = [];
  /** A phase failed that was not told to go on. */
  #failed = false;

  constructor(options: BuildRunOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { build, signal } = this.#options;
    const endShell = () => void this.#shell?.end();
    signal.addEventListener('abort', endShell);
    try {
      await this.#phases();
    } catch (error) {
      build.status = 'FAULT';
      this.#say(`The build could not be run: ${messageOf(error)}`);
    } finally {
      signal.removeEventListener('abort', endShell);
      await this.#shell?.end();
      await endProcesses({ buildId: build.id });
      if (signal.aborted) build.status = signal.reason === 'TIMED_OUT' ? 'TIMED_OUT' : 'STOPPED';
      if (build.status === 'IN_PROGRESS') build.status = this.#failed ? 'FAILED' : 'SUCCEEDED';
      const now = Date.now();
      build.phases.push({ phaseType: 'COMPLETED', startTime: now });
      build.endTime = now;
      this.#options.onChange();
    }
  }

  async #phases(): Promise<void> {
    const { workFolder } = this.#options;
    const sourceFolder = path.join(workFolder, 'src');
    const prepared: { buildspec: Buildspec; env: Record<string, string> }[] = [];
    await this.#phase('DOWNLOAD_SOURCE', false, async () => {
      const secondarySources = await this.#sources(sourceFolder);
      const read = parse(await this.#buildspecText(sourceFolder));
      prepared.push({ buildspec: read, env: await this.#environment(read, sourceFolder, secondarySources) });
    });
    const [ready] = prepared;
    if (ready === undefined || this.#options.signal.aborted) return;

    const { buildspec, env } = ready;
    this.#shell = new Shell({ folder: sourceFolder, env, stateDir: path.join(workFolder, 'shell'), onLines: (lines) => this.#print(lines) });
    const built = await this.#commands(buildspec, this.#shell);
    await this.#exportVariables(buildspec, this.#shell);
    if (!built.reachedBuild) return;
    await this.#phase('UPLOAD_ARTIFACTS', false, async () => {
      const { build, reportsFolder, artifacts, onReport, demand } = this.#options;
      await demand(reportNeeds(build, Object.keys(buildspec.reports)));
      const say = (message: string) => this.#say(message);
      for (const report of await keepReports(build, buildspec, sourceFolder, reportsFolder, say)) {
        build.reportArns.push(report.arn);
        onReport(report);
      }
      // What a failed build leaves is of no use to later actions, which will not run.
      if (!this.#failed) await keepArtifacts(buildspec, sourceFolder, artifacts, say);
    });
    await this.#phase('FINALIZING', false, async () => {});
  }

  async #sources(sourceFolder: string): Promise<Record<string, string>> {
    const { source, secondarySources, workFolder } = this.#options;
    if (source === undefined) await mkdir(sourceFolder, { recursive: true });
    else await copyTree(source, sourceFolder);
    const folders: Record<string, string> = {};
    for (const [name, from] of Object.entries(secondarySources)) {
      folders[name] = path.join(workFolder, `src-${name}`);
      await copyTree(from, folders[name]);
    }
    return folders;
  }

  async #buildspecText(sourceFolder: string): Promise<string> {
    const given = this.#options.build.project.source.buildspec ?? '';
    if (/[\n{]/.test(given)) return given;
    const file = path.join(sourceFolder, given === '' ? 'buildspec.yml' : given);
    if (!existsSync(file)) throw new PhaseFailure('YAML_FILE_ERROR', `YAML file does not exist: ${path.relative(sourceFolder, file)}`);
    return readFile(file, 'utf8');
  }

  async #environment(buildspec: Buildspec, sourceFolder: string, secondarySources: Record<string, string>): Promise<Record<string, string>> {
    const { build, place, demand } = this.#options;
    try {
      const rest = await place();
      await demand(logNeeds(build));
      await mkdir(path.join(rest.toolsFolder, 'bin'), { recursive: true });
      return await buildEnvironment(build, buildspec, { ...rest, sourceFolder, secondarySources });
    } catch (error) {
      throw new PhaseFailure('CLIENT_ERROR', messageOf(error));
    }
  }

  /** Each phase runs its commands, then its `finally`. After a failed build phase, post_build still runs. */
  async #commands(buildspec: Buildspec, shell: Shell): Promise<{ reachedBuild: boolean }> {
    const { signal } = this.#options;
    let aborted = false;
    for (const name of phaseNames) {
      if (signal.aborted || (aborted && name !== 'post_build')) return { reachedBuild: false };
      const phase = buildspec.phases[name];
      const goOn = phase?.['on-failure'] === 'CONTINUE';
      const succeeded = await this.#phase(phaseType[name], goOn, async () => {
        try {
          await this.#runAll(phase?.commands ?? [], shell);
        } finally {
          await this.#runAll(phase?.finally ?? [], shell);
        }
      });
      if (succeeded) continue;
      await shell.run('export CODEBUILD_BUILD_SUCCEEDING=0');
      if (name !== 'build' && name !== 'post_build') return { reachedBuild: false };
      aborted = true;
    }
    return { reachedBuild: !signal.aborted };
  }

  async #runAll(commands: readonly string[], shell: Shell): Promise<void> {
    for (const command of commands) {
      if (this.#options.signal.aborted) return;
      this.#say(`Running command ${command}`);
      this.#lastLines = [];
      const status = await shell.run(command);
      if (this.#options.signal.aborted) return;
      if (status !== 0) {
        this.#say(`Command did not exit successfully ${command} exit status ${status}`);
        const ending = this.#lastLines.length === 0 ? '' : `. It ended with:\n${this.#lastLines.join('\n')}`;
        throw new PhaseFailure('COMMAND_EXECUTION_ERROR', `Error while executing command: ${command}. Reason: exit status ${status}${ending}`);
      }
    }
  }

  async #exportVariables({ env }: Buildspec, shell: Shell): Promise<void> {
    const { build, onChange, signal } = this.#options;
    for (const name of env['exported-variables']) {
      if (signal.aborted) return;
      build.exportedVariables.push({ name, value: await shell.valueOf(name) });
    }
    onChange();
  }

  /** Runs one phase and records how it ended. @returns whether the build goes on as if it had succeeded */
  async #phase(type: PhaseType, mayFail: boolean, work: () => Promise<void>): Promise<boolean> {
    const { build, onChange, signal } = this.#options;
    const phase: Build['phases'][number] = { phaseType: type, startTime: Date.now(), phaseStatus: 'IN_PROGRESS' };
    build.phases.push(phase);
    this.#say(`Entering phase ${type}`);
    onChange();
    try {
      await work();
      phase.phaseStatus = signal.aborted ? stoppedAs(signal) : 'SUCCEEDED';
    } catch (error) {
      phase.phaseStatus = signal.aborted ? stoppedAs(signal) : 'FAILED';
      phase.context = { statusCode: error instanceof PhaseFailure ? error.code : 'CLIENT_ERROR', message: messageOf(error) };
    }
    if (signal.aborted) phase.context = { statusCode: stoppedAs(signal), message: stoppedAs(signal) === 'TIMED_OUT' ? `the build ran longer than ${build.project.timeoutInMinutes} minutes` : 'the build was stopped' };
    phase.endTime = Date.now();
    this.#say(`Phase complete: ${type} State: ${phase.phaseStatus}`);
    if (phase.context !== undefined) this.#say(`Phase context status code: ${phase.context.statusCode} Message: ${phase.context.message}`);
    onChange();
    if (phase.phaseStatus === 'SUCCEEDED' || mayFail) return true;
    this.#failed = true;
    return false;
  }

  #print(lines: readonly string[]): void {
    this.#options.log.write(lines);
    this.#lastLines = [...this.#lastLines, ...lines.filter((line) => line.trim() !== '')].slice(-5);
  }

  #say(message: string): void {
    const at = new Date().toISOString().replace('T', ' ').replaceAll('-', '/').replace('Z', '');
    this.#options.log.write(message.split('\n').map((line) => `[Container] ${at} ${line}`));
  }
}

const phaseType: Record<PhaseName, PhaseType> = { install: 'INSTALL', pre_build: 'PRE_BUILD', build: 'BUILD', post_build: 'POST_BUILD' };

const stoppedAs = (signal: AbortSignal): BuildStatus => (signal.reason === 'TIMED_OUT' ? 'TIMED_OUT' : 'STOPPED');

function parse(text: string): Buildspec {
  try {
    return parseBuildspec(text);
  } catch (error) {
    throw new PhaseFailure('YAML_FILE_ERROR', messageOf(error));
  }
}
