import { type CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { ActionDeclaration, ActionExecutionDetail, S3Location } from '@aws-sdk/client-codepipeline';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import AdmZip from 'adm-zip';
import * as z from 'zod';
import { Refusal } from '../problems';
import type { Template } from './templateChanges';

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

/** Where an artefact of this run stands, by its name. */
export function artefactLocations(executions: readonly ActionExecutionDetail[]): Map<string, S3Location> {
  return new Map(executions.flatMap(({ output }) => (output?.outputArtifacts ?? []).flatMap(({ name, s3location }) => (name && s3location ? [[name, s3location] as const] : []))));
}

/** Reads what a run would deploy, each artefact once. */
export class RunTemplates {
  readonly #archives = new Map<string, Promise<AdmZip>>();

  constructor(
    private readonly s3: S3Client,
    private readonly locations: ReadonlyMap<string, S3Location>,
  ) {}

  /** @throws Refusal where the artefact or the file in it is not there */
  async of({ name: action, configuration }: ActionDeclaration): Promise<Template> {
    const [artefact = '', file = ''] = (configuration?.TemplatePath ?? '').split('::');
    const archive = this.#archives.get(artefact) ?? this.#read(artefact);
    this.#archives.set(artefact, archive);
    const content = (await archive).readAsText(file);
    if (!content) throw new Refusal(404, `The artefact ${artefact} has no ${file || 'template'}, which ${action} deploys.`);
    return parseTemplate(file, content);
  }

  async #read(artefact: string): Promise<AdmZip> {
    const location = this.locations.get(artefact);
    if (!location) throw new Refusal(404, `CodePipeline does not say where the artefact ${artefact} of this run is.`);
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: location.bucket, Key: location.key }));
    return new AdmZip(Buffer.from((await Body?.transformToByteArray()) ?? []));
  }
}

function parseTemplate(name: string, content: string): Template {
  try {
    return TemplateSchema.parse(JSON.parse(content));
  } catch {
    throw new Refusal(400, `The template of ${name} is not JSON, which is what the console compares.`);
  }
}
