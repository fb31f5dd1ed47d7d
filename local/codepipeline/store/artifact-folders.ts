import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isActive, type Execution, type PipelineState } from '../engine/model';

const keptExecutions = 10;

/** Artefacts as folders: `<dir>/<execution>/<action run>/<artefact>`. Their files are never changed once an action has ended. */
export class ArtifactFolders {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  folder(executionId: string, runId: string, artifact: string): string {
    return path.join(this.#dir, executionId, runId, artifact);
  }

  exists(folder: string): boolean {
    return existsSync(folder);
  }

  /** Removes what no retry and no rollback can need any more. */
  prune(state: PipelineState): void {
    if (state.executions.length <= keptExecutions) return;
    const kept = new Set(state.executions.filter((execution, index) => isActive(execution) || index >= state.executions.length - keptExecutions));
    for (const { name } of state.declaration.stages) {
      const target = state.executions.findLast((one) => one.type === 'STANDARD' && one.version === state.version && one.stages[name]?.status === 'Succeeded');
      if (target !== undefined) kept.add(target);
    }
    const needed = new Set([...kept].flatMap((execution) => [execution.id, ...this.#ownersOf(execution)]));
    for (const { id } of state.executions) if (!needed.has(id)) this.#remove(id);
  }

  removeAll(state: PipelineState): void {
    for (const { id } of state.executions) this.#remove(id);
  }

  /** A rollback uses the artefacts of its target. */
  #ownersOf({ artifacts }: Execution): string[] {
    return Object.values(artifacts).map((folder) => path.relative(this.#dir, folder).split(path.sep)[0] ?? '');
  }

  #remove(executionId: string): void {
    const folder = path.join(this.#dir, executionId);
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
  }
}
