import { App, CfnWaitConditionHandle, Stack, Validations } from 'aws-cdk-lib';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsSolutions } from '../app/shared/aws-solutions';

/**
 * Synthesizes one resource that nobody can find fault with. The first synthesis of a process starts CloudFormation's
 * validator and lets cdk-nag load every type of resource that it has rules for, which takes longer than all the rest.
 */
export function warmUp(): void {
  const outdir = mkdtempSync(join(tmpdir(), 'warm-up-'));
  try {
    const app = new App({ outdir });
    new CfnWaitConditionHandle(new Stack(app, 'WarmUp'), 'Handle');
    Validations.of(app).addPlugins(new AwsSolutions(app));
    app.synth();
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
