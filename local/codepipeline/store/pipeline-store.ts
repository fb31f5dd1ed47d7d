import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isActive, type Execution, type PipelineState } from '../engine/model';
import type { PipelineDeclaration } from '../structure/declaration';
import { entriesOf, readJson, recordWith, writeJson } from './files';

type Head = Omit<PipelineState, 'executions'>;

const isHead = recordWith<Head>('declaration', 'version', 'nextSequence');
const isExecution = recordWith<Execution>('id', 'sequence', 'stages');
const isDeclaration = recordWith<PipelineDeclaration>('name', 'stages');

/** Pipelines and their executions on disk: `<dir>/<account>/<region>/<name>/`. */
export class PipelineStore {
  readonly #dir: string;
  /** Executions whose last word has been written. */
  readonly #final = new Set<string>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  load(): PipelineState[] {
    const folders = entriesOf(this.#dir).flatMap(entriesOf).flatMap(entriesOf);
    return folders
      .filter((folder) => existsSync(path.join(folder, 'pipeline.json')))
      .map((folder) => {
        const executions = entriesOf(path.join(folder, 'executions')).map((file) => readJson(file, isExecution));
        const head = readJson(path.join(folder, 'pipeline.json'), isHead);
        const nextSequence = Math.max(head.nextSequence, ...executions.map(({ sequence }) => sequence + 1));
        return { ...head, nextSequence, executions: executions.sort((a, b) => a.sequence - b.sequence) };
      });
  }

  save(state: PipelineState): void {
    const { executions, ...head } = state;
    for (const execution of executions) {
      if (isActive(execution)) this.#final.delete(execution.id);
      else if (this.#final.has(execution.id)) continue;
      else this.#final.add(execution.id);
      writeJson(path.join(this.#folder(state), 'executions', `${execution.id}.json`), execution);
    }
    writeJson(path.join(this.#folder(state), 'pipeline.json'), head);
  }

  /** Keeps a declaration under its version number. */
  saveVersion(state: PipelineState): void {
    writeJson(this.#versionFile(state, state.version), state.declaration);
  }

  version(state: PipelineState, version: number): PipelineDeclaration | undefined {
    const file = this.#versionFile(state, version);
    return existsSync(file) ? readJson(file, isDeclaration) : undefined;
  }

  remove(state: PipelineState): void {
    rmSync(this.#folder(state), { recursive: true, force: true });
  }

  #versionFile(state: PipelineState, version: number): string {
    return path.join(this.#folder(state), 'versions', `${version}.json`);
  }

  #folder({ account, region, declaration }: PipelineState): string {
    return path.join(this.#dir, account, region, declaration.name);
  }
}
