import { stripVTControlCharacters } from 'node:util';
import { CodePipelineClient, type PipelineExecutionSummary } from '@aws-sdk/client-codepipeline';
import { ApprovalDesk } from '../../../local/cli/approve';
import type { Teller } from '../../../local/cli/terminal';
import { watchExecutions } from '../../../local/cli/watch';
import { type FakeAws, fakeAws } from '../../console/fakeAws';

const RUN = '2b9d2c70-5f7e-4a0e-8a63-90b1c1f0e6d2';
const begun = Date.UTC(2026, 10, 20, 8, 0, 0) / 1000;
const attempt = (actionName: string, offset: number, status: string) => ({ actionExecutionId: `${actionName}-${offset}`, stageName: 'Dev', actionName, startTime: begun + offset, lastUpdateTime: begun + offset + 5, status, input: { actionTypeId: { provider: 'CodeBuild' } } });

/** A pipeline with one run that has failed, and a person who watches it in a terminal. */
let aws: FakeAws;
let status: string;
let attempts: object[];
/** What the terminal says. */
let lines: string[];
const stopping = new AbortController();

beforeEach(async () => {
  status = 'Failed';
  attempts = [attempt('Check', 10, 'Failed'), attempt('Deploy', 0, 'Succeeded')];
  lines = [];
  aws = await fakeAws({
    'CodePipeline_20150709.ListPipelineExecutions': () => ({ pipelineExecutionSummaries: [{ pipelineExecutionId: RUN, status, startTime: begun, lastUpdateTime: begun + 15, sourceRevisions: [] }] }),
    'CodePipeline_20150709.GetPipelineExecution': () => {
      const pipelineExecution = { pipelineExecutionId: RUN, status };
      // What was retried is over once it has been looked at.
      if (status === 'InProgress') status = 'Succeeded';
      return { pipelineExecution };
    },
    'CodePipeline_20150709.ListActionExecutions': () => ({ actionExecutionDetails: attempts }),
  });
});
afterEach(() => aws.close());

function watch(over: readonly PipelineExecutionSummary[]): AsyncGenerator<string> {
  const client = new CodePipelineClient({ endpoint: aws.url, region: 'us-east-1', credentials: { accessKeyId: '1', secretAccessKey: 's' } });
  const line = (text = ''): void => void lines.push(stripVTControlCharacters(text).replaceAll(/\s+/g, ' ').trim());
  const terminal: Teller = { interactive: false, line, heading: line, busy: () => undefined, idle: () => undefined };
  const approvals = new ApprovalDesk({ client, pipelineName: 'Website', terminal, approve: false, consoleUrl: 'http://localhost' });
  return watchExecutions({ client, pipelineName: 'Website', terminal, approvals, signal: stopping.signal }, over);
}

/** Somebody tries the failed action again, and it succeeds. */
function retry(): void {
  status = 'InProgress';
  attempts = [attempt('Check', 60, 'Succeeded'), ...attempts];
}

test('a run that failed and is tried again is followed on in the terminal, from where it goes on', async () => {
  const ends = watch([]);
  expect((await ends.next()).value).toBe('Failed');
  expect(lines.filter((line) => /Deploy|Check/.test(line))).toEqual(['✔ Dev Deploy 5.0 s', '✖ Dev Check 5.0 s']);
  expect(lines.at(-1)).toBe('Failed after 15.0 s');
  lines.length = 0;
  retry();
  expect((await ends.next()).value).toBe('Succeeded');
  expect(lines).toEqual(['Run 2b9d2c70 of Website, tried again', '✔ Dev Check 5.0 s', 'Succeeded after 5.0 s']);
});

test('a run that was over before anybody watched is left alone, until somebody tries it again', async () => {
  const ends = watch([{ pipelineExecutionId: RUN, status: 'Failed', lastUpdateTime: new Date((begun + 15) * 1000) }]);
  const end = ends.next();
  retry();
  expect((await end).value).toBe('Succeeded');
  expect(lines).toEqual(['Run 2b9d2c70 of Website, tried again', '✔ Dev Check 5.0 s', 'Succeeded after 5.0 s']);
});
