import { ServiceError } from '../../aws/errors';
import type { StageDeclaration } from '../structure/declaration';
import type { Execution, PipelineState } from './model';

/** @throws ServiceError PipelineExecutionNotFoundException */
export function executionOf(state: PipelineState, id: string): Execution {
  const found = state.executions.find((execution) => execution.id === id);
  if (found === undefined)
    throw new ServiceError('PipelineExecutionNotFoundException', `The pipeline ${state.declaration.name} has no execution ${id}.`);
  return found;
}

/** @throws ServiceError StageNotFoundException */
export function stageOf(state: PipelineState, name: string): StageDeclaration {
  const found = state.declaration.stages.find((stage) => stage.name === name);
  if (found === undefined) throw new ServiceError('StageNotFoundException', `The pipeline ${state.declaration.name} has no stage ${name}.`);
  return found;
}
