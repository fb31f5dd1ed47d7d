import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import path from 'node:path';
import { messageOf } from '../../aws/errors';
import type { ClientSettings } from '../../aws/roles';
import type { Buildspec } from '../buildspec/buildspec';
import type { Build, EnvironmentVariable } from './model';

/** What a build finds in its environment beside its own variables. */
export interface BuildPlace {
  readonly sourceFolder: string;
  /** Folders of the further inputs, by artefact name. */
  readonly secondarySources: Readonly<Record<string, string>>;
  /** Where `npm install -g` puts things; kept between builds of a project. */
  readonly toolsFolder: string;
  /** An empty file, for settings that must not be the developer's own. */
  readonly emptyFile: string;
  readonly settings: ClientSettings;
}

// A build image brings none of a developer's own settings. What a machine needs to reach registries is let through.
const inherited = /^(HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TERM|TMPDIR|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS|GIT_SSL_\w+|PIP_\w+|(https?|all)_proxy|HTTPS?_PROXY|ALL_PROXY|npm_config_(\S*registry|cafile|cache|userconfig|https?_proxy|proxy|strict_ssl)|NPM_CONFIG_(?!PREFIX)\S+|JAVA_HOME)$/;

/**
 * The environment a build's shell starts with: the machine's, CodeBuild's own variables and credentials, and the build's
 * variables, of which an action's override a project's and those override the buildspec's.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
 *
 * @throws Error naming a parameter or secret that cannot be read
 */
export async function buildEnvironment(build: Build, buildspec: Buildspec, place: BuildPlace): Promise<Record<string, string>> {
  const { env } = buildspec;
  const own: EnvironmentVariable[] = [
    ...Object.entries(env.variables).map(([name, value]) => ({ name, value, type: 'PLAINTEXT' as const })),
    ...Object.entries(env['parameter-store']).map(([name, value]) => ({ name, value, type: 'PARAMETER_STORE' as const })),
    ...Object.entries(env['secrets-manager']).map(([name, value]) => ({ name, value, type: 'SECRETS_MANAGER' as const })),
    ...build.project.environment.environmentVariables,
    ...build.environmentVariables,
  ];
  const chosen = new Map(own.map((variable) => [variable.name, variable]));
  const resolved = await Promise.all([...chosen.values()].map(async (variable) => [variable.name, await valueOf(variable, place.settings)] as const));
  return { ...machine(place), ...Object.fromEntries(resolved), ...service(build, place) };
}

function machine({ toolsFolder, emptyFile }: BuildPlace): Record<string, string> {
  const passed = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined && inherited.test(pair[0]));
  const searched = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => !folder.includes('node_modules'));
  return {
    ...Object.fromEntries(passed),
    PATH: [path.join(toolsFolder, 'bin'), path.dirname(process.execPath), ...searched].join(path.delimiter),
    SHELL: '/bin/bash',
    CI: 'true',
    NO_PROXY: ['127.0.0.1', 'localhost', process.env['NO_PROXY'] ?? ''].join(','),
    npm_config_prefix: toolsFolder,
    npm_config_prefer_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    AWS_CONFIG_FILE: emptyFile,
    AWS_SHARED_CREDENTIALS_FILE: emptyFile,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

function service(build: Build, { sourceFolder, secondarySources, settings }: BuildPlace): Record<string, string> {
  const { credentials, endpoint, region } = settings;
  const secondary = Object.entries(secondarySources).map(([name, folder]) => [`CODEBUILD_SRC_DIR_${name}`, folder]);
  return {
    CODEBUILD_CI: 'true',
    CODEBUILD_BUILD_ARN: `arn:aws:codebuild:${build.region}:${build.account}:build/${build.id}`,
    CODEBUILD_BUILD_ID: build.id,
    CODEBUILD_BUILD_IMAGE: build.project.environment.image,
    CODEBUILD_BUILD_NUMBER: String(build.number),
    CODEBUILD_BUILD_SUCCEEDING: '1',
    CODEBUILD_INITIATOR: build.initiator,
    CODEBUILD_LOG_PATH: build.logStream,
    CODEBUILD_PROJECT_ARN: `arn:aws:codebuild:${build.region}:${build.account}:project/${build.project.name}`,
    CODEBUILD_RESOLVED_SOURCE_VERSION: build.resolvedSourceVersion ?? '',
    CODEBUILD_SOURCE_VERSION: build.sourceVersion ?? '',
    CODEBUILD_SRC_DIR: sourceFolder,
    CODEBUILD_START_TIME: String(build.startTime),
    ...Object.fromEntries(secondary),
    AWS_ENDPOINT_URL: endpoint,
    AWS_DEFAULT_REGION: region,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
  };
}

async function valueOf({ name, value, type }: EnvironmentVariable, settings: ClientSettings): Promise<string> {
  if (type === 'PLAINTEXT') return value;
  try {
    return type === 'PARAMETER_STORE' ? await parameter(value, settings) : await secret(value, settings);
  } catch (error) {
    throw new Error(`The variable ${name} could not be read from ${type === 'PARAMETER_STORE' ? 'the parameter' : 'the secret'} ${value}: ${messageOf(error)}`, { cause: error });
  }
}

async function parameter(name: string, settings: ClientSettings): Promise<string> {
  const client = new SSMClient(settings);
  const { Parameters } = await client.send(new GetParametersCommand({ Names: [name], WithDecryption: true }));
  const found = Parameters?.[0]?.Value;
  if (found === undefined) throw new Error('there is no such parameter');
  return found;
}

/** A reference is `secret-id:json-key:version-stage:version-id`; the id may be an ARN. */
async function secret(reference: string, settings: ClientSettings): Promise<string> {
  const [, id, key = '', stage = '', version = ''] = /^(arn:(?:[^:]*:){5}[^:]*|[^:]*)(?::([^:]*))?(?::([^:]*))?(?::([^:]*))?$/.exec(reference) ?? [];
  const client = new SecretsManagerClient(settings);
  const { SecretString } = await client.send(
    new GetSecretValueCommand({ SecretId: id, ...(stage !== '' && { VersionStage: stage }), ...(version !== '' && { VersionId: version }) }),
  );
  if (SecretString === undefined) throw new Error('the secret holds no text');
  if (key === '') return SecretString;
  const fields: unknown = JSON.parse(SecretString);
  const found = typeof fields === 'object' && fields !== null ? Object.entries(fields).find(([field]) => field === key)?.[1] : undefined;
  if (found === undefined) throw new Error(`the secret holds no ${key}`);
  return String(found);
}
