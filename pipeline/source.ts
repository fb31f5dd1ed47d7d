import { Repository } from 'aws-cdk-lib/aws-codecommit';
import { CodePipelineSource } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import type { PipelineSource } from '../stages/environments';

/** The branch whose every push starts a run. */
export function pipelineSource(scope: Construct, source: PipelineSource): CodePipelineSource {
  switch (source.provider) {
    case 'CodeConnections':
      return CodePipelineSource.connection(source.repository, source.branch, { connectionArn: source.connectionArn });
    case 'CodeCommit':
      return CodePipelineSource.codeCommit(Repository.fromRepositoryName(scope, 'Repository', source.repository), source.branch);
  }
}
