import { BatchGetBuildsCommand, BatchGetReportsCommand, DescribeTestCasesCommand, StartBuildCommand, StopBuildCommand, type Build, type EnvironmentVariable } from '@aws-sdk/client-codebuild';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { LogStreams } from '../../../local/codepipeline/logs/log-streams';
import path from 'node:path';
import { startAws, region, type AwsOnLoopback } from './awsOnLoopback';
import { eventually } from '../../support/eventually';
import { createProject, tools } from './pipelineFixtures';

let aws: AwsOnLoopback;
let projects = 0;
beforeAll(async () => {
  process.env['AWS_PROFILE'] = 'a-developers-own';
  aws = await startAws();
});
afterAll(() => aws?.stop());

/** Starts a build of a new project without a source. */
async function start(buildspec: object | string, { environmentVariables = [], project = {} }: { environmentVariables?: EnvironmentVariable[]; project?: object } = {}): Promise<string> {
  const name = `project-${++projects}`;
  const source = { type: 'NO_SOURCE', buildspec: typeof buildspec === 'string' ? buildspec : JSON.stringify({ version: '0.2', ...buildspec }) } as const;
  await createProject(aws.builds(tools), name, {}, { source, artifacts: { type: 'NO_ARTIFACTS' }, ...project });
  const { build } = await aws.builds(tools).send(new StartBuildCommand({ projectName: name, environmentVariablesOverride: environmentVariables }));
  return build?.id ?? '';
}

const get = async (id: string): Promise<Build> => (await aws.builds(tools).send(new BatchGetBuildsCommand({ ids: [id] }))).builds?.[0] ?? {};

const ended = (id: string) => eventually(async () => ((await get(id)).buildComplete === true ? get(id) : undefined));

/** What a build printed, without what CodeBuild says itself. */
async function printed({ logs }: Build): Promise<string[]> {
  const stream = { account: tools, region, group: logs?.groupName ?? '', stream: logs?.streamName ?? '' };
  const { events } = new LogStreams(path.join(aws.folder, 'state', 'logs')).readForward(stream, 0, 10_000);
  return events.map(({ message }) => message).filter((message) => !message.startsWith('[Container]'));
}

async function run(...args: Parameters<typeof start>): Promise<{ build: Build; output: string[] }> {
  const build = await ended(await start(...args));
  return { build, output: await printed(build) };
}

const phases = (build: Build) => Object.fromEntries((build.phases ?? []).map(({ phaseType, phaseStatus }) => [phaseType, phaseStatus]));

/** Processes whose command line holds a text. */
const processesWith = (mark: string) =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(mark);
    } catch {
      return false;
    }
  });

test('folder, exports, variables and functions of one command are there for the next, also in the next phase', async () => {
  const { build, output } = await run({
    phases: { install: { commands: ['mkdir inner', 'cd inner', 'export A=1; b=2; greet() { echo "hello $1"; }'] }, build: { commands: ['basename "$PWD"', 'echo "$A $b"', 'greet you', 'printf no-newline'] } },
  });
  expect(build.buildStatus).toBe('SUCCEEDED');
  expect(output).toEqual(['inner', '1 2', 'hello you', 'no-newline']);
});

test('a command that fails ends its phase; post_build still runs and is told, and the message names the command, its status and its last words', async () => {
  const { build, output } = await run({
    phases: { build: { commands: ['echo before', 'echo it is broken >&2; false', 'echo never'], finally: ['echo cleaned'] }, post_build: { commands: ['echo "succeeding: $CODEBUILD_BUILD_SUCCEEDING"'] } },
  });
  expect(build.buildStatus).toBe('FAILED');
  expect(output).toEqual(['before', 'it is broken', 'cleaned', 'succeeding: 0']);
  expect(phases(build)).toMatchObject({ INSTALL: 'SUCCEEDED', BUILD: 'FAILED', POST_BUILD: 'SUCCEEDED' });
  expect(build.phases?.find(({ phaseType }) => phaseType === 'BUILD')?.contexts).toEqual([
    { statusCode: 'COMMAND_EXECUTION_ERROR', message: 'Error while executing command: echo it is broken >&2; false. Reason: exit status 1. It ended with:\nit is broken' },
  ]);
});

test('a command that exits the shell fails with that status, and later phases go on where it was', async () => {
  const { build, output } = await run({ phases: { build: { commands: ['mkdir inner && cd inner && export A=1', '{ echo leaving; exit 3; }'] }, post_build: { commands: ['echo "$A in $(basename "$PWD")"'] } } });
  expect(output).toEqual(['leaving', '1 in inner']);
  expect(build.phases?.find(({ phaseType }) => phaseType === 'BUILD')?.contexts?.[0]?.message).toContain('Reason: exit status 3');
});

test('a failed install or pre_build ends the build, unless it is told to continue', async () => {
  const stopped = await run({ phases: { pre_build: { commands: ['false'] }, build: { commands: ['echo never'] }, post_build: { commands: ['echo never'] } } });
  expect([stopped.build.buildStatus, stopped.output]).toEqual(['FAILED', []]);
  const continued = await run({ phases: { pre_build: { commands: ['false'], 'on-failure': 'CONTINUE' }, build: { commands: ['echo on'] } } });
  expect([continued.build.buildStatus, continued.output]).toEqual(['SUCCEEDED', ['on']]);
});

test("variables of the build override the project's, and those the buildspec's; parameters and secrets are read", async () => {
  await new SSMClient(aws.settings(tools)).send(new PutParameterCommand({ Name: '/from/parameter', Type: 'String', Value: 'a parameter' }));
  await new SecretsManagerClient(aws.settings(tools)).send(new CreateSecretCommand({ Name: 'from-secret', SecretString: JSON.stringify({ password: 'a secret' }) }));
  const environment = { type: 'LINUX_CONTAINER', image: 'aws/codebuild/standard:7.0', computeType: 'BUILD_GENERAL1_SMALL', environmentVariables: [{ name: 'B', value: 'project' }, { name: 'C', value: 'project' }] };
  const { output } = await run(
    {
      env: { variables: { A: 'buildspec', B: 'buildspec', C: 'buildspec' }, 'parameter-store': { D: '/from/parameter' }, 'secrets-manager': { E: 'from-secret:password' } },
      phases: { build: { commands: ['echo "$A $B $C"', 'echo "$D, $E"'] } },
    },
    { environmentVariables: [{ name: 'C', value: 'build' }], project: { environment } },
  );
  expect(output).toEqual(['buildspec project build', 'a parameter, a secret']);
  const missing = await run({ env: { 'parameter-store': { D: '/not/there' } }, phases: { build: { commands: ['echo never'] } } });
  expect([missing.build.buildStatus, missing.output]).toEqual(['FAILED', []]);
  expect(missing.build.phases?.find(({ phaseStatus }) => phaseStatus === 'FAILED')?.contexts?.[0]?.message).toBe('The variable D could not be read from the parameter /not/there: there is no such parameter');
});

test("a build has its project's role, CodeBuild's variables, and nothing of a developer's own settings or of this repository", async () => {
  const { output } = await run({
    phases: {
      build: {
        commands: [
          'echo "$CODEBUILD_BUILD_ID|$CODEBUILD_SRC_DIR|$AWS_ENDPOINT_URL|$AWS_REGION|$HOME|${AWS_PROFILE-none}"',
          'test "$PWD" = "$CODEBUILD_SRC_DIR" && ls -A | wc -l',
          'node -e "import(\'hono\').then(() => console.log(\'found\'), () => console.log(\'clean\'))"',
          'git rev-parse --show-toplevel 2>/dev/null || echo no repository',
          'node -p "Buffer.from(process.env.AWS_SESSION_TOKEN.slice(5), \'base64url\').toString()"',
        ],
      },
    },
  });
  expect(output[0]).toMatch(new RegExp(`^project-\\d+:[0-9a-f-]{36}\\|/.*/src\\|${aws.url}\\|us-east-1\\|${homedir()}\\|none$`));
  expect(output.slice(1, 4).map((line) => line.trim())).toEqual(['0', 'clean', 'no repository']);
  expect(JSON.parse(output[4] ?? '')).toEqual({ r: `arn:aws:iam::${tools}:role/build`, s: expect.stringMatching(/^AWSCodeBuild-/) });
});

test('what a build installs globally stays among its own tools, and is there in the next build', async () => {
  const { build, output } = await run({
    phases: { install: { commands: ['mkdir tool && cd tool && echo "{\\"name\\": \\"say-hi\\", \\"version\\": \\"1.0.0\\", \\"bin\\": \\"hi.sh\\"}" > package.json', 'printf "#!/bin/sh\\necho hi\\n" > hi.sh', 'npm install --silent -g "$PWD"'] }, build: { commands: ['say-hi', 'npm prefix -g 2>/dev/null'] } },
  });
  expect(build.buildStatus).toBe('SUCCEEDED');
  expect(output.at(-2)).toBe('hi');
  expect(output.at(-1)).toContain(path.join(aws.folder, 'state'));
});

test('a broken buildspec fails the build before anything runs, in one readable message', async () => {
  const { build, output } = await run('version: 0.2\nphases:\n  build:\n    command: [npm test]\n');
  expect([build.buildStatus, output]).toEqual(['FAILED', []]);
  expect(build.phases?.find(({ phaseStatus }) => phaseStatus === 'FAILED')?.contexts).toEqual([{ statusCode: 'YAML_FILE_ERROR', message: expect.stringContaining('The buildspec is not valid: phases.build') }]);
});

test('reports are kept and read, also those of a build that fails', async () => {
  const junit = '<testsuites><testsuite name="orders"><testcase name="accepts" classname="o" time="0.5"/><testcase name="refuses" classname="o" time="1"><failure message="was accepted">at line 3</failure></testcase><testcase name="later"><skipped/></testcase></testsuite></testsuites>';
  const { build } = await run({ phases: { build: { commands: [`mkdir out; echo '${junit}' > out/junit.xml`, 'false'] } }, reports: { integ: { files: ['*.xml'], 'base-directory': 'out' } } });
  const [arn = ''] = build.reportArns ?? [];
  const { reports } = await aws.builds(tools).send(new BatchGetReportsCommand({ reportArns: [arn] }));
  expect(reports?.[0]).toMatchObject({ status: 'FAILED', executionId: build.arn, testSummary: { total: 3, statusCounts: { SUCCEEDED: 1, FAILED: 1, SKIPPED: 1 }, durationInNanoSeconds: 1.5e9 } });
  const { testCases } = await aws.builds(tools).send(new DescribeTestCasesCommand({ reportArn: arn }));
  expect(testCases?.map(({ name, status, message, testSuiteName }) => [testSuiteName, name, status, message])).toEqual([['orders', 'accepts', 'SUCCEEDED', undefined], ['orders', 'refuses', 'FAILED', 'was accepted'], ['orders', 'later', 'SKIPPED', undefined]]);
});

test("a build's folder is removed after it, and nothing that its links point to", async () => {
  const kept = path.join(aws.folder, 'kept');
  writeFileSync(kept, '');
  const { output: [folder = ''] } = await run({ phases: { build: { commands: ['pwd', `mkdir inner && touch inner/file && ln -s ${aws.folder} inner/link`] } } });
  expect(path.isAbsolute(folder)).toBe(true);
  await eventually(() => !existsSync(path.dirname(folder)));
  expect(existsSync(kept)).toBe(true);
});

test('a build that is stopped leaves no process behind, not even one that ignores the signal or has left the group', async () => {
  const mark = `sleep-${Date.now()}`;
  const id = await start({
    phases: { build: { commands: [`(trap '' TERM; exec -a ${mark} sleep 600) &`, `setsid bash -c 'exec -a ${mark} sleep 600' &`, 'echo started', 'sleep 600'] }, post_build: { commands: ['echo never'] } },
  });
  await eventually(() => (processesWith(mark).length === 2 ? true : undefined));
  await aws.builds(tools).send(new StopBuildCommand({ id }));
  const build = await ended(id);
  expect(build.buildStatus).toBe('STOPPED');
  expect(await printed(build)).not.toContain('never');
  expect(processesWith(mark)).toEqual([]);
});

test('what a build leaves in the background ends with it', async () => {
  const mark = `left-${Date.now()}`;
  const { build } = await run({ phases: { build: { commands: [`bash -c 'exec -a ${mark} sleep 600' &`, 'wait_for=0; echo going on'] } } });
  expect(build.buildStatus).toBe('SUCCEEDED');
  expect(processesWith(mark)).toEqual([]);
});

test('a build ends with the runner, even when the runner is killed', async () => {
  const mark = `orphan-${Date.now()}`;
  const id = await start({ phases: { build: { commands: [`bash -c 'exec -a ${mark} sleep 600'`] } } });
  await eventually(() => (processesWith(mark).length > 0 ? true : undefined));
  await aws.stopRunner('SIGKILL');
  await eventually(() => (processesWith(mark).length === 0 ? true : undefined));
  await aws.startRunner();
  expect(await get(id)).toMatchObject({ buildStatus: 'FAULT', buildComplete: true });
});
