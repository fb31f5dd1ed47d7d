import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import * as z from 'zod';

/** Why cdk-nag's finding of a wildcard was accepted. */
export interface AcceptedWildcard {
  /** Construct that has it: `Website-Pipeline/Dev/Pages/Role/DefaultPolicy/Resource`. */
  readonly path: string;
  /** As cdk-nag writes it: `s3:List*` or `<SitePages600CC8A7.Arn>/*`. */
  readonly written: string;
  readonly reason: string;
}

/** What a synthesized application says about its resources. */
export interface SynthesizedApplication {
  /** Path of a resource in the tree of constructs, without the final `/Resource`. */
  pathOf(stackName: string, logicalId: string): string | undefined;
  /** Paths of its stages, which are the same application in several environments. */
  readonly stages: readonly string[];
  readonly acceptedWildcards: readonly AcceptedWildcard[];
}

const Report = z.object({
  pluginReports: z.array(
    z.object({
      suppressedViolations: z.array(z.object({ ruleName: z.string(), reason: z.string(), violatingConstructs: z.array(z.object({ constructPath: z.string().optional() })) })).default([]),
    }),
  ),
});

/** @throws Error that says what to do when nothing has been synthesized into the folder */
export function readSynthesized(assemblyDir: string): SynthesizedApplication {
  if (!existsSync(join(assemblyDir, 'manifest.json'))) throw new Error(`${assemblyDir} holds no synthesized application: \`npm run synth\` writes one.`);
  const assembly = new CloudAssembly(assemblyDir, { skipVersionCheck: true });
  const paths = new Map(
    assembly.stacksRecursively.flatMap((stack) =>
      stack.findMetadataByType('aws:cdk:logicalId').flatMap(({ path, data }) => (typeof data === 'string' ? [[`${stack.stackName} ${data}`, path.replace(/^\//, '').replace(/\/Resource$/, '')] as const] : [])),
    ),
  );
  return {
    pathOf: (stackName, logicalId) => paths.get(`${stackName} ${logicalId}`),
    stages: assembly.nestedAssemblies.map(({ displayName }) => displayName),
    acceptedWildcards: acceptedWildcards(join(assemblyDir, 'validation-report.json')),
  };
}

function acceptedWildcards(file: string): AcceptedWildcard[] {
  const { pluginReports } = Report.parse(JSON.parse(readFileSync(file, 'utf8')));
  return pluginReports.flatMap(({ suppressedViolations }) =>
    suppressedViolations.flatMap(({ ruleName, reason, violatingConstructs }) => {
      const [, written] = /-IAM5\[(?:Action|Resource)::(.*)\]$/.exec(ruleName) ?? [];
      return written === undefined ? [] : violatingConstructs.map(({ constructPath = '' }) => ({ path: constructPath, written, reason }));
    }),
  );
}
