import { Duration } from 'aws-cdk-lib';
import { BuildSpec } from 'aws-cdk-lib/aws-codebuild';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CodeBuildStep } from 'aws-cdk-lib/pipelines';
import type { IFileSetProducer } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { gateRoles } from '../stages/gate-identity';
import type { WebsiteEnvironment } from '../stages/environments';
import type { WebsiteStage } from '../stages/website-stage';

export interface GateStepProps {
  readonly environment: WebsiteEnvironment;
  readonly stage: WebsiteStage;
  readonly pipelineAccount: string;
  /** The folder `dist/gate`. */
  readonly checks: IFileSetProducer;
}

/** Sends synthetic orders through the environment's public edge, as buildspec-integ.yml says. */
export function integrationStep(scope: Construct, { environment, stage, pipelineAccount, checks }: GateStepProps): CodeBuildStep {
  const roles = gateRoles(environment, pipelineAccount);
  const role = new iam.Role(scope, `${environment.name}GateRole`, {
    roleName: roles.project.name,
    description: `Runs the integration step of ${environment.name}`,
    assumedBy: new iam.ServicePrincipal('codebuild.amazonaws.com'),
  });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], resources: [roles.environment.arn] }));
  return new CodeBuildStep('Integration', {
    input: checks,
    role,
    // CodeBuild runs in the pipeline's region, which need not be the environment's.
    env: { ENVIRONMENT_REGION: environment.region },
    envFromCfnOutputs: { ...stage.gateInputs },
    partialBuildSpec: BuildSpec.fromObject(integrationBuildspec()),
    commands: [],
    primaryOutputDirectory: 'evidence',
    timeout: Duration.minutes(40),
  });
}

/** Reads a few pages and products of a stage, and writes nothing. */
export const smokeStep = ({ stage, checks }: Pick<GateStepProps, 'stage' | 'checks'>): CodeBuildStep =>
  new CodeBuildStep('Smoke', {
    input: checks,
    envFromCfnOutputs: { SITE_URL: stage.siteUrl },
    commands: ['node smoke.cjs'],
    timeout: Duration.minutes(10),
  });

/** A file reference would be read from the step's input at run time; CDK Pipelines can only merge an object. */
const integrationBuildspec = (): Record<string, unknown> => parse(readFileSync(join(__dirname, '../buildspec-integ.yml'), 'utf8'));
