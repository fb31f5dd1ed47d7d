import cdkJson from '../cdk.json';
import type { Run, Workplace } from './workplace';

/** How the CDK CLI tells an application where its assembly goes and what cdk.json says. */
const cli = (outdir: string): Record<string, string> => ({ CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(cdkJson.context) });

/** `npm run build` */
export const build = (place: Workplace): Promise<Run> => place.node(['--import', 'tsx', 'pipeline/build/main.ts']);

/** Writes the assembly of an application, by default the website with all its checks, into `outdir`. */
export const synthesize = (place: Workplace, outdir: string, entry = 'bin/website.ts', env: Readonly<Record<string, string>> = {}): Promise<Run> =>
  place.node(['--import', 'tsx', entry], { ...cli(outdir), ...env });

/** Skips CloudFormation's own validation, where templates are needed and not judged. */
export const UNVALIDATED = { CDK_VALIDATION: 'false' };
