import { BuildSpec, ComputeType, LinuxArmBuildImage } from 'aws-cdk-lib/aws-codebuild';
import type { BuildEnvironment } from 'aws-cdk-lib/aws-codebuild';

/** CodeBuild's default image is years old and its Node older: both are pinned here, for every project of the pipeline. */
export const buildEnvironment: BuildEnvironment = {
  buildImage: LinuxArmBuildImage.AMAZON_LINUX_2023_STANDARD_3_0,
  computeType: ComputeType.SMALL,
};

export const nodeVersion = BuildSpec.fromObject({ version: '0.2', phases: { install: { 'runtime-versions': { nodejs: '22' } } } });
