import type { Parameter, Tag } from '@aws-sdk/client-cloudformation';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { ActionFailure, type ActionContext } from '../actions/provider';
import { storeTemplate, type Template } from './template-storage';

/** What a CloudFormation action hands to a stack. */
export type StackInput = Template & {
  readonly Parameters: Parameter[];
  readonly Tags: Tag[];
  readonly StackPolicyBody?: string;
};

const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
const templateConfiguration = z.looseObject({
  Parameters: z.record(z.string(), value).default({}),
  Tags: z.record(z.string(), value).default({}),
  StackPolicy: z.unknown().optional(),
});
const override = z.union([value, z.strictObject({ 'Fn::GetParam': z.tuple([z.string(), z.string(), z.string()]) })]);

/** Reads template, template configuration and overrides of an action from its artefacts. */
export async function stackInput(context: ActionContext): Promise<StackInput> {
  const { TemplatePath, TemplateConfiguration, ParameterOverrides } = context.configuration;
  if (TemplatePath === undefined) throw new ActionFailure('ConfigurationError', `${context.action.name} has no TemplatePath.`);
  const configuration = TemplateConfiguration === undefined ? {} : json(TemplateConfiguration, await artifactFile(context, TemplateConfiguration));
  const { Parameters, Tags, StackPolicy } = check('TemplateConfiguration', templateConfiguration, configuration);
  const parameters = { ...Parameters, ...(await overrides(context, ParameterOverrides)) };
  return {
    ...(await storeTemplate(await artifactFile(context, TemplatePath), context.account, context.service)),
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Tags: Object.entries(Tags).map(([Key, Value]) => ({ Key, Value })),
    ...(StackPolicy !== undefined && { StackPolicyBody: JSON.stringify(StackPolicy) }),
  };
}

async function overrides(context: ActionContext, text: string | undefined): Promise<Record<string, string>> {
  if (text === undefined || text === '') return {};
  const given = check('ParameterOverrides', z.record(z.string(), override), json('ParameterOverrides', text));
  const values: Record<string, string> = {};
  for (const [name, one] of Object.entries(given)) values[name] = typeof one === 'string' ? one : await parameterIn(context, one['Fn::GetParam']);
  return values;
}

async function parameterIn(context: ActionContext, [artifact, file, key]: [string, string, string]): Promise<string> {
  const location = `${artifact}::${file}`;
  const found = check(location, z.record(z.string(), value), json(location, await artifactFile(context, location)))[key];
  if (found === undefined) throw new ActionFailure('ConfigurationError', `Fn::GetParam: ${location} holds no ${key}.`);
  return found;
}

/** A file named `<artifact>::<path>`. */
async function artifactFile(context: ActionContext, location: string): Promise<string> {
  const [artifact = '', file = ''] = location.split('::');
  const full = path.join(context.input(artifact), file);
  if (!existsSync(full)) throw new ActionFailure('ConfigurationError', `File [${file}] does not exist in artifact [${artifact}]`);
  return readFile(full, 'utf8');
}

function json(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ActionFailure('ConfigurationError', `${name} is not JSON.`);
  }
}

function check<S extends z.ZodType>(name: string, schema: S, given: unknown): z.infer<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ActionFailure('ConfigurationError', `${name}: ${parsed.error.issues.map(({ path: at, message }) => `${at.map(String).join('.')}: ${message}`).join('; ')}`);
}
