import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CodeBuildClient } from '@aws-sdk/client-codebuild';
import type { ActionExecutionDetail } from '@aws-sdk/client-codepipeline';
import { LocalAws } from '../../local/localAws';
import { website } from '../../stages/environments';
import { RunningWebsite } from '../../test/journeys/website/runningWebsite';
import type { Row, Section } from '../report';
import type { Workplace } from '../workplace';
import { covered } from './intervals';
import { duration, workOf, type Clients } from './work';

const DEADLINE_SECONDS = 900;

/** One whole run of the pipeline from `npm start` to prod: the time of each action, and how much of the whole is the runner's own. */
export async function measurePipeline(place: Workplace): Promise<Section> {
  await LocalAws.install((line) => console.error(line));
  const running = await RunningWebsite.clone(place.folder);
  await place.atEnd(() => running.end());
  const started = Date.now();
  running.start('--approve');
  await running.says('git push local', DEADLINE_SECONDS);

  // A pipeline that updated itself has started over: the last execution is the one that went to prod.
  const id = (await running.pipeline.executions()).at(-1) ?? '';
  const { status, statusSummary } = await running.pipeline.execution(id);
  if (status !== 'Succeeded') throw new Error(`The run ended as ${status}: ${statusSummary}\n${running.said.slice(-2_000)}`);
  const actions = await running.pipeline.actions(id);
  const clients: Clients = {
    codeBuild: new CodeBuildClient(running.settings(website.pipeline.account)),
    cloudFormation: (roleArn) => new CloudFormationClient(running.settings(roleArn.split(':')[4] ?? '')),
  };
  const measured = await Promise.all(actions.map(async (action) => ({ action, whole: duration(action), work: await workOf(action, clients) })));

  const [from, to] = [Math.min(...measured.map(({ whole }) => whole.from)), Math.max(...measured.map(({ whole }) => whole.to))];
  const [run, work] = [(to - from) / 1_000, covered(measured.flatMap((one) => one.work)) / 1_000];
  const ordering = measured.find(({ action }) => isFirstGate(action));
  const untilOrders = ((ordering?.whole.to ?? Number.NaN) - started) / 1_000;
  const rows: Row[] = [
    ...measured.map((one) => {
      const [wall, own] = [(one.whole.to - one.whole.from) / 1_000, covered(one.work) / 1_000];
      return { what: `${one.action.stageName} / ${one.action.actionName}`, figures: { seconds: wall, 'at work s': own, 'runner s': wall - own } };
    }),
    { what: 'the whole run', figures: { seconds: run, 'at work s': work, 'runner s': run - work }, ratio: { value: (run - work) / run, unit: '%', aim: { atMost: 0.03 } } },
    { what: '`npm start` to a dev site that takes orders', figures: { seconds: untilOrders }, ratio: { value: untilOrders, unit: 's', aim: { atMost: 90 } } },
  ];
  return {
    title: 'Pipeline: one run from `npm start` to prod',
    rows,
    notes: [
      "At work: within the commands of a build (its phases INSTALL to POST_BUILD), from the first to the last of a stack's events, or in an approval.",
      "The runner's own share of the run is what none of these covers: fetching sources, artefacts, reports, the time between actions.",
      'Parts installed, nothing deployed before; a dev site takes orders when the synthetic orders of its integration step went through.',
    ],
  };
}

/** The integration step of the first environment with a gate. */
const isFirstGate = ({ stageName, input }: ActionExecutionDetail): boolean =>
  stageName === website.environments.find(({ gate }) => gate)?.name && input?.actionTypeId?.provider === 'CodeBuild';
