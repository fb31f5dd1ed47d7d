import { createInterface } from 'node:readline/promises';
import { GetPipelineStateCommand, PutApprovalResultCommand, type CodePipelineClient } from '@aws-sdk/client-codepipeline';
import type { ActionChange } from '../codepipeline/follow';
import type { Teller } from './terminal';

export interface ApprovalDeskProps {
  readonly client: CodePipelineClient;
  readonly pipelineName: string;
  readonly terminal: Teller;
  /** Approve without asking. */
  readonly approve: boolean;
  readonly consoleUrl: string;
}

type Approval = Pick<ActionChange, 'stage' | 'action'>;

/** Answers manual approvals: by itself where it may, otherwise by asking in the terminal until somebody answers anywhere. */
export class ApprovalDesk {
  readonly #props: ApprovalDeskProps;
  readonly #asking = new Map<string, AbortController>();
  #prompts = 0;

  constructor(props: ApprovalDeskProps) {
    this.#props = props;
  }

  /** Whether a question stands in the terminal, which nothing may write over. */
  get isAsking(): boolean {
    return this.#prompts > 0;
  }

  /** An approval waits. */
  open(approval: Approval): void {
    const { approve, terminal, consoleUrl } = this.#props;
    const asking = new AbortController();
    this.#asking.set(key(approval), asking);
    const failed = (error: unknown): void => {
      if (!asking.signal.aborted) terminal.line(`The approval could not be given: ${error instanceof Error ? error.message : String(error)}`);
    };
    if (approve) {
      this.#answer(approval, 'Approved', 'approved by --approve').catch(failed);
      return;
    }
    terminal.line(`${approval.stage} / ${approval.action} waits for a person: answer on the console (${consoleUrl}) or with aws codepipeline put-approval-result.`);
    if (terminal.interactive) this.#ask(approval, asking.signal).catch(failed);
  }

  /** An approval was answered, here or elsewhere. */
  close(approval: Approval): void {
    this.#asking.get(key(approval))?.abort();
    this.#asking.delete(key(approval));
  }

  async #ask(approval: Approval, signal: AbortSignal): Promise<void> {
    this.#props.terminal.idle();
    this.#prompts++;
    const prompt = createInterface({ input: process.stdin, output: process.stdout });
    // In raw lines Ctrl-C comes as an event of the prompt; it must stop everything as it does elsewhere.
    prompt.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    try {
      for (;;) {
        const answer = (await prompt.question(`Approve ${approval.stage} / ${approval.action}? [yes/no] `, { signal })).trim().toLowerCase();
        if (/^y(es)?$/.test(answer)) return await this.#answer(approval, 'Approved', 'approved in the terminal');
        if (/^no?$/.test(answer)) return await this.#answer(approval, 'Rejected', 'rejected in the terminal');
      }
    } finally {
      this.#prompts--;
      prompt.close();
    }
  }

  async #answer({ stage, action }: Approval, status: 'Approved' | 'Rejected', summary: string): Promise<void> {
    const { client, pipelineName } = this.#props;
    const { stageStates = [] } = await client.send(new GetPipelineStateCommand({ name: pipelineName }));
    const state = stageStates.find(({ stageName }) => stageName === stage)?.actionStates?.find(({ actionName }) => actionName === action);
    const token = state?.latestExecution?.token;
    if (!token) return;
    await client.send(new PutApprovalResultCommand({ pipelineName, stageName: stage, actionName: action, token, result: { status, summary } }));
  }
}

const key = ({ stage, action }: Approval): string => `${stage}/${action}`;
