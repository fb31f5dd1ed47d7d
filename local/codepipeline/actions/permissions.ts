import { need } from '../../aws/servicePermissions';
import type { ServiceAct } from '../../permissions/gatekeeper';
import type { PipelineState } from '../engine/model';
import type { ActionDeclaration } from '../structure/declaration';

type Needs = ServiceAct['needs'];

export interface ActionPlace {
  readonly account: string;
  readonly region: string;
}

/**
 * What CodePipeline does under an action's role that stays inside the runner here: starting the build, using the connection,
 * telling of an approval, handing artefacts on.
 * Source: https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html.
 */
export function needsOfAction(state: PipelineState, action: ActionDeclaration, configuration: Readonly<Record<string, string>>, { account, region }: ActionPlace): Needs {
  const { provider } = action.actionTypeId;
  if (provider === 'CodeBuild') {
    const project = `arn:aws:codebuild:${region}:${account}:project/${configuration['ProjectName']}`;
    return ['StartBuild', 'BatchGetBuilds', 'StopBuild'].map((operation) => need(`codebuild:${operation}`, project));
  }
  if (provider === 'Manual') return configuration['NotificationArn'] === undefined ? [] : [need('sns:Publish', configuration['NotificationArn'])];
  const connection = provider === 'CodeStarSourceConnection' ? [need('codestar-connections:UseConnection', configuration['ConnectionArn'] ?? '*')] : [];
  return [...connection, ...artifactNeeds(state, region, { reads: action.inputArtifacts.length > 0, writes: action.outputArtifacts.length > 0 })];
}

/** What handing artefacts on takes: the objects, and the key that they are encrypted with. */
export function artifactNeeds({ declaration }: PipelineState, region: string, { reads, writes }: { readonly reads: boolean; readonly writes: boolean }): Needs {
  const store = declaration.artifactStores?.[region] ?? declaration.artifactStore;
  if (store === undefined) return [];
  const objects = `arn:aws:s3:::${store.location}/${declaration.name}/artefact`;
  const key = store.encryptionKey?.id.startsWith('arn:') ? store.encryptionKey.id : undefined;
  // S3 uses the key for whoever it serves: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service.
  const viaS3 = { 'kms:ViaService': [`s3.${region}.amazonaws.com`] };
  return [
    ...(reads ? [need('s3:GetObject', objects), need('s3:GetObjectVersion', objects)] : []),
    ...(writes ? [need('s3:PutObject', objects)] : []),
    ...(key !== undefined && (reads || writes) ? [need('kms:Decrypt', key, viaS3)] : []),
    ...(key !== undefined && writes ? [need('kms:GenerateDataKey', key, viaS3)] : []),
  ];
}
