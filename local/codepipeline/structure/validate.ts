import { ServiceError } from '../../aws/errors';
import type { ActionProvider } from '../actions/provider';
import type { ActionDeclaration, PipelineDeclaration, StageDeclaration } from './declaration';

/**
 * Checks what CodePipeline itself checks before it takes a structure, and refuses by name what this machine cannot do.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html
 *
 * @throws ServiceError of the service's own kind
 */
export function validateStructure(pipeline: PipelineDeclaration, providers: readonly ActionProvider[]): void {
  const { stages, pipelineType, executionMode, triggers = [] } = pipeline;
  if (stages.length < 2) throw structure('Pipeline must contain at least two stages');
  unique('stage', stages.map(({ name }) => name));
  if ((pipeline.artifactStore === undefined) === (pipeline.artifactStores === undefined)) throw structure('Exactly one of artifactStore and artifactStores must be given');
  if (pipelineType === 'V1' && executionMode !== 'SUPERSEDED') throw structure(`Execution mode ${executionMode} needs a pipeline of type V2`);
  if (pipelineType === 'V1' && (triggers.length > 0 || (pipeline.variables ?? []).length > 0)) throw structure('Triggers and variables need a pipeline of type V2');

  const produced = new Set<string>();
  for (const [index, stage] of stages.entries()) {
    checkStage(stage, index === 0);
    for (const action of stage.actions.toSorted((a, b) => a.runOrder - b.runOrder)) {
      checkAction(action, stage, providers);
      for (const { name } of action.inputArtifacts)
        if (!produced.has(name)) throw structure(`Action ${action.name} takes the artifact ${name}, which no earlier action makes`);
      for (const { name } of action.outputArtifacts) {
        if (produced.has(name)) throw structure(`The artifact ${name} is made by more than one action`);
        produced.add(name);
      }
    }
  }
  for (const { gitConfiguration } of triggers) {
    const { sourceActionName, pullRequest = [], push = [] } = gitConfiguration;
    if (stages[0]?.actions.some(({ name }) => name === sourceActionName) !== true) throw structure(`The trigger names ${sourceActionName}, which is no source action`);
    if (pullRequest.length > 0) throw structure('Triggers on pull requests are not supported on this machine');
    if (push.some(({ tags }) => tags !== undefined)) throw structure('Triggers on tags are not supported on this machine');
  }
}

function checkStage(stage: StageDeclaration, isFirst: boolean): void {
  const { name, actions, onFailure } = stage;
  const stageError = (message: string) => new ServiceError('InvalidStageDeclarationException', `Stage ${name}: ${message}`);
  if (actions.length === 0) throw stageError('must contain at least one action');
  unique(`action of stage ${name}`, actions.map((action) => action.name));
  const sources = actions.filter(({ actionTypeId }) => actionTypeId.category === 'Source');
  if (isFirst && sources.length !== actions.length) throw stageError('the first stage must only contain source actions');
  if (!isFirst && sources.length > 0) throw stageError('only the first stage may contain source actions');
  if (stage.beforeEntry !== undefined || stage.onSuccess !== undefined || onFailure?.conditions !== undefined || onFailure?.result === 'SKIP')
    throw stageError('conditions are not supported on this machine');
  if (isFirst && onFailure?.result === 'ROLLBACK') throw stageError('the source stage cannot be rolled back');
}

function checkAction({ name, actionTypeId, configuration }: ActionDeclaration, stage: StageDeclaration, providers: readonly ActionProvider[]): void {
  const { category, owner, provider, version } = actionTypeId;
  const found = providers.find((one) => one.category === category && one.provider === provider);
  const actionError = (message: string) => new ServiceError('InvalidActionDeclarationException', `Action ${name} in stage ${stage.name}: ${message}`);
  if (found === undefined) throw actionError(`the action type (Category: '${category}', Provider: '${provider}', Owner: '${owner}', Version: '${version}') is not available on this machine`);
  const missing = found.required.filter((key) => configuration[key] === undefined);
  if (missing.length > 0) throw actionError(`is missing required configuration: ${missing.join(', ')}`);
}

function unique(what: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw structure(`The name ${twice} is used for more than one ${what}`);
}

const structure = (message: string) => new ServiceError('InvalidStructureException', message);
