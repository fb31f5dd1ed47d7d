import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutions } from '../app/shared/aws-solutions';
import { PipelineStack } from '../pipeline/pipeline-stack';
import type { Website } from '../stages/environments';
import { acknowledgedLosses } from '../stages/guard/acknowledged';
import { ReleaseGuard } from '../stages/guard/release-guard';
import { lastReleased } from '../stages/guard/released';

export interface WebsiteAppOptions {
  /** Where the cloud assembly is written. @default what the CDK CLI says, else `cdk.out` */
  readonly outdir?: string;
  /** Feature flags and the like. @default what the CDK CLI says, which reads cdk.json */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** The whole application, not yet synthesized: the pipeline, and in it the website's environments. */
export function websiteApp(website: Website, { outdir, context }: WebsiteAppOptions = {}): App {
  const app = new App({
    outdir,
    context,
    // The CLI leaves reporting to itself and then looks only at the stacks it was asked for; here every finding of
    // every environment fails the synth, whoever runs it.
    postCliContext: { '@aws-cdk/core:failSynthOnValidationErrors': true },
  });
  new PipelineStack(app, 'Website-Pipeline', website);
  Validations.of(app).addPlugins(
    new AwsSolutions(app),
    new ReleaseGuard({ released: lastReleased(), acknowledged: acknowledgedLosses, environments: website.environments.map(({ name }) => name) }),
  );
  return app;
}
