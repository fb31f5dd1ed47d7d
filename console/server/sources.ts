import { type ActionDeclaration, type CodePipelineClient, GetPipelineCommand, type SourceRevisionOverride, type SourceRevisionType } from '@aws-sdk/client-codepipeline';
import type { Source } from '../model';
import { Refusal } from './problems';

/** https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_SourceRevisionOverride.html */
const types: Readonly<Record<string, { readonly type: SourceRevisionType; readonly revision: string }>> = {
  CodeStarSourceConnection: { type: 'COMMIT_ID', revision: 'commit' },
  CodeCommit: { type: 'COMMIT_ID', revision: 'commit' },
  GitHub: { type: 'COMMIT_ID', revision: 'commit' },
  S3: { type: 'S3_OBJECT_VERSION_ID', revision: 'version of the object' },
  ECR: { type: 'IMAGE_DIGEST', revision: 'digest of the image' },
};

const typeOf = ({ actionTypeId }: ActionDeclaration) => types[actionTypeId?.provider ?? ''];

/** The source actions whose revision can be asked for. */
export async function listSources(codepipeline: CodePipelineClient, pipeline: string): Promise<Source[]> {
  return (await sourceActions(codepipeline, pipeline)).flatMap((action) => {
    const known = typeOf(action);
    return known ? [{ action: action.name ?? '', revision: known.revision }] : [];
  });
}

/** @throws Refusal (400) when the pipeline has no such source action */
export async function sourceRevisionsOf(codepipeline: CodePipelineClient, pipeline: string, revisions: Readonly<Record<string, string>>): Promise<SourceRevisionOverride[]> {
  const actions = await sourceActions(codepipeline, pipeline);
  return Object.entries(revisions).map(([actionName, revisionValue]) => {
    const action = actions.find(({ name }) => name === actionName);
    const known = action && typeOf(action);
    if (!known) throw new Refusal(400, `${pipeline} has no source action ${actionName} whose revision can be chosen.`);
    return { actionName, revisionType: known.type, revisionValue };
  });
}

async function sourceActions(codepipeline: CodePipelineClient, name: string): Promise<ActionDeclaration[]> {
  const { pipeline } = await codepipeline.send(new GetPipelineCommand({ name }));
  return (pipeline?.stages ?? []).flatMap(({ actions = [] }) => actions.filter(({ actionTypeId }) => actionTypeId?.category === 'Source'));
}
