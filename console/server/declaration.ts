import { type CodePipelineClient, GetPipelineCommand, GetPipelineExecutionCommand, type PipelineExecution, type StageDeclaration } from '@aws-sdk/client-codepipeline';

/** A run, and the stages as that version of the pipeline declares them which it ran on. */
export async function declarationOf(codepipeline: CodePipelineClient, pipelineName: string, pipelineExecutionId: string): Promise<{ execution?: PipelineExecution; stages: StageDeclaration[] }> {
  const { pipelineExecution: execution } = await codepipeline.send(new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId }));
  const { pipeline } = await codepipeline.send(new GetPipelineCommand({ name: pipelineName, version: execution?.pipelineVersion }));
  return { execution, stages: pipeline?.stages ?? [] };
}
