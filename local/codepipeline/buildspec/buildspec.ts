import * as YAML from 'yaml';
import * as z from 'zod';

// https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const texts = z.union([text, z.array(text)]).transform((value) => (Array.isArray(value) ? value : [value]));
const yesNo = z.union([z.boolean(), z.enum(['yes', 'no'])]).transform((value) => value === true || value === 'yes');

const onFailure = z.string().regex(/^(ABORT|CONTINUE)$/, 'must be ABORT or CONTINUE; RETRY is not supported on this machine');

const phase = z.strictObject({
  'run-as': z.string().optional(),
  'on-failure': onFailure.default('ABORT'),
  'runtime-versions': z.record(z.string(), text).optional(),
  commands: texts.nullish().transform((commands) => commands ?? []),
  finally: texts.nullish().transform((commands) => commands ?? []),
});

const artifact = z.strictObject({
  files: texts,
  name: z.string().optional(),
  'discard-paths': yesNo.default(false),
  'base-directory': z.string().optional(),
  'exclude-paths': texts.default([]),
  'enable-symlinks': yesNo.optional(),
  's3-prefix': z.string().optional(),
});

const report = z.strictObject({
  files: texts,
  'base-directory': z.string().optional(),
  'discard-paths': yesNo.optional(),
  'file-format': z.string().default('JUNITXML'),
});

const buildspec = z.strictObject({
  version: z.union([z.number(), z.string()]).transform(Number).pipe(z.literal(0.2, { error: 'must be 0.2' })),
  'run-as': z.string().optional(),
  env: z
    .strictObject({
      shell: z.enum(['bash', '/bin/sh', '/bin/bash', 'sh']).optional(),
      variables: z.record(z.string(), text).default({}),
      'parameter-store': z.record(z.string(), z.string()).default({}),
      'secrets-manager': z.record(z.string(), z.string()).default({}),
      'exported-variables': z.array(z.string().regex(/^[A-Za-z_]\w*$/, 'must be the name of an environment variable')).default([]),
      'git-credential-helper': yesNo.optional(),
    })
    .prefault({}),
  proxy: z.unknown().optional(),
  phases: z
    .strictObject({ install: phase.optional(), pre_build: phase.optional(), build: phase.optional(), post_build: phase.optional() })
    .refine((phases) => Object.values(phases).some((one) => one !== undefined), 'must hold at least one phase'),
  reports: z.record(z.string(), report).default({}),
  artifacts: artifact.partial({ files: true }).extend({ 'secondary-artifacts': z.record(z.string(), artifact).optional() }).optional(),
  cache: z.unknown().optional(),
});

export type Buildspec = z.infer<typeof buildspec>;
export type Phase = z.infer<typeof phase>;
export type ArtifactSpec = z.infer<typeof artifact>;
export type ReportSpec = z.infer<typeof report>;

/** Names of the phases, in the order they run. */
export const phaseNames = ['install', 'pre_build', 'build', 'post_build'] as const;
export type PhaseName = (typeof phaseNames)[number];

/**
 * Reads a buildspec of version 0.2, in YAML or JSON.
 *
 * @throws Error saying in one line what is wrong with it, and where
 */
export function parseBuildspec(source: string): Buildspec {
  let raw: unknown;
  try {
    raw = YAML.parse(source);
  } catch (error) {
    throw new Error(`The buildspec is not YAML: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`, { cause: error });
  }
  if (typeof raw !== 'object' || raw === null) throw new Error('The buildspec is empty.');
  if ('batch' in raw) throw new Error('The buildspec holds "batch": batch builds are not supported on this machine.');
  const parsed = buildspec.safeParse(raw);
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map(({ path, message }) => `${path.length === 0 ? 'the document' : path.map(String).join('.')}: ${message}`);
  throw new Error(`The buildspec is not valid: ${reasons.join('; ')}`);
}
