import { type CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { ActionDeclaration, ActionExecutionDetail, S3Location } from '@aws-sdk/client-codepipeline';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import AdmZip from 'adm-zip';
import * as z from 'zod';
import { Refusal } from '../problems';
import { remembered } from '../remembered';
import type { Template } from './templateChanges';

const ARTEFACT_KEPT_MS = 600_000;
const TemplateSchema = z.looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })).optional() });

/** The template that a stack runs; an empty one where there is no such stack yet. */
export async function deployedTemplate(cloudformation: CloudFormationClient, StackName: string): Promise<{ exists: boolean; template: Template }> {
  try {
    const { TemplateBody } = await cloudformation.send(new GetTemplateCommand({ StackName, TemplateStage: 'Original' }));
    return { exists: true, template: parseTemplate(StackName, TemplateBody ?? '{}') };
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist')) return { exists: false, template: {} };
    throw error;
  }
}

/**
 * Where an artefact of this run stands, by its name: of several attempts, what the last one made counts, and one that failed made nothing.
 *
 * @param executions newest first
 */
export function artefactLocations(executions: readonly ActionExecutionDetail[]): Map<string, S3Location> {
  const made = executions.filter(({ status }) => status === 'Succeeded').toReversed();
  return new Map(made.flatMap(({ output }) => (output?.outputArtifacts ?? []).flatMap(({ name, s3location }) => (name && s3location ? [[name, s3location] as const] : []))));
}

/** The JSON files of an artefact, by their paths; kept for a while, since an artefact never changes. */
export type ReadArtefact = (location: S3Location) => Promise<ReadonlyMap<string, string>>;

export function artefactReader(s3: S3Client): ReadArtefact {
  return remembered(ARTEFACT_KEPT_MS, async ({ bucket, key }: S3Location) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const entries = new AdmZip(Buffer.from((await Body?.transformToByteArray()) ?? [])).getEntries();
    return new Map(entries.filter(({ entryName }) => entryName.endsWith('.json')).map((entry) => [entry.entryName, entry.getData().toString()]));
  });
}

/** What a run would deploy with an action. @throws Refusal where the artefact or the file in it is not there */
export async function nextTemplate(read: ReadArtefact, locations: ReadonlyMap<string, S3Location>, { name: action, configuration }: ActionDeclaration): Promise<Template> {
  const [artefact = '', file = ''] = (configuration?.TemplatePath ?? '').split('::');
  const location = locations.get(artefact);
  if (!location) throw new Refusal(404, `CodePipeline does not say where the artefact ${artefact} of this run is.`);
  const content = (await read(location)).get(file);
  if (!content) throw new Refusal(404, `The artefact ${artefact} has no JSON template ${file}, which ${action} deploys.`);
  return parseTemplate(file, content);
}

function parseTemplate(name: string, content: string): Template {
  try {
    return TemplateSchema.parse(JSON.parse(content));
  } catch {
    throw new Refusal(400, `The template of ${name} is not JSON, which is what the console compares.`);
  }
}
