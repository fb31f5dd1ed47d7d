import { parseBuildspec } from '../../../local/codepipeline/buildspec/buildspec';
import { resolveConfiguration } from '../../../local/codepipeline/engine/variables';
import { pushRuleOf } from '../../../local/codepipeline/sources/triggers';
import { pipelineDeclaration } from '../../../local/codepipeline/structure/declaration';
import { validateStructure } from '../../../local/codepipeline/structure/validate';
import { SimulatedPipeline, sketch } from './simulatedPipeline';

describe('variables', () => {
  const execution = new SimulatedPipeline(sketch({ Source: { actions: ['Repo'] }, Dev: { actions: ['Deploy'] } })).start();
  execution.namespaces['Source@owner_repo'] = { CommitId: 'abc', CommitMessage: 'say "hi"\nagain' };

  test('are taken from namespaces, the pipeline and the execution', () => {
    execution.variables['Colour'] = 'blue';
    expect(resolveConfiguration({ A: 'at #{Source@owner_repo.CommitId} in #{variables.Colour}', B: '#{codepipeline.PipelineExecutionId}' }, execution)).toEqual({ A: 'at abc in blue', B: execution.id });
  });

  test('keep the JSON of environment variables whole, whatever a commit message holds', () => {
    const { EnvironmentVariables = '' } = resolveConfiguration({ EnvironmentVariables: '[{"name":"M","value":"#{Source@owner_repo.CommitMessage}"}]' }, execution);
    expect(JSON.parse(EnvironmentVariables)).toEqual([{ name: 'M', value: 'say "hi"\nagain' }]);
  });

  test('that nothing has set are named', () => {
    expect(() => resolveConfiguration({ A: '#{Build.Missing}' }, execution)).toThrow('#{Build.Missing}');
  });
});

describe('a buildspec', () => {
  test('is read from YAML and JSON, with numbers and single commands where texts are meant', () => {
    const spec = parseBuildspec('version: 0.2\nenv:\n  variables: { PORT: 80, ON: true }\nphases:\n  build:\n    commands: npm test\nartifacts:\n  files: "**/*"\n');
    expect(spec.env.variables).toEqual({ PORT: '80', ON: 'true' });
    expect(spec.phases.build?.commands).toEqual(['npm test']);
    expect(parseBuildspec('{"version":"0.2","phases":{"build":{"commands":["a"]}}}').phases.build?.commands).toEqual(['a']);
  });

  test.each([
    ['version: 0.1\nphases: { build: { commands: [a] } }', 'version: must be 0.2'],
    ['version: 0.2\nphases: { built: { commands: [a] } }', 'phases'],
    ['version: 0.2\nphases: { build: { commands: [a], on-failure: RETRY } }', 'phases.build.on-failure: must be ABORT or CONTINUE'],
    ['version: 0.2\nphases: {}', 'phases: must hold at least one phase'],
    ['version: 0.2\nbatch: { fast-fail: true }\nphases: { build: { commands: [a] } }', 'batch builds are not supported'],
    ['version: [0.2', 'not YAML'],
    ['', 'empty'],
  ])('that is wrong says what and where: %j', (text, message) => {
    expect(() => parseBuildspec(text)).toThrow(message);
  });
});

describe('a push', () => {
  const action = pipelineDeclaration.shape.stages.element.shape.actions.element.parse({
    name: 'repo',
    actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeStarSourceConnection', version: '1' },
    configuration: { FullRepositoryId: 'a/b', BranchName: 'main' },
  });
  const declaration = sketch({ Source: { actions: ['Repo'] }, Dev: { actions: ['Deploy'] } });
  const push = [{ branches: { includes: ['main', 'release/*'], excludes: ['release/old'] }, filePaths: { excludes: ['docs/**', '**/*.md'] } }];
  const triggers = pipelineDeclaration.shape.triggers.parse([{ providerType: 'CodeStarSourceConnection', gitConfiguration: { sourceActionName: 'repo', push } }]);

  test('starts the pipeline on its own branch, unless it asks not to be started', () => {
    expect(pushRuleOf(action, declaration)).toMatchObject({ literalBranches: ['main'], files: undefined });
    expect(pushRuleOf({ ...action, configuration: { ...action.configuration, DetectChanges: 'false' } }, declaration)).toBeUndefined();
  });

  test('counts by the branches and files that a trigger names', () => {
    const rule = pushRuleOf(action, { ...declaration, triggers });
    expect(['main', 'release/1', 'release/old', 'feature'].map((branch) => rule?.branch(branch))).toEqual([true, true, false, false]);
    expect(rule?.literalBranches).toBeUndefined();
    expect([['README.md', 'docs/a/b.txt'], ['docs/a.txt', 'app.ts']].map((files) => rule?.files?.('main', files))).toEqual([false, true]);
  });
});

describe('a structure', () => {
  const providers = [{ category: 'Source', provider: 'S3', required: ['S3Bucket'] }, { category: 'Build', provider: 'CodeBuild', required: ['ProjectName'] }] as const;
  const source = { name: 'Repo', actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' }, configuration: { S3Bucket: 'b' }, outputArtifacts: [{ name: 'Source' }] };
  const build = { name: 'Build', actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' }, configuration: { ProjectName: 'p' }, inputArtifacts: [{ name: 'Source' }] };
  const check = (stages: object[], more: object = {}) => () =>
    validateStructure(pipelineDeclaration.parse({ name: 'p', roleArn: 'arn:aws:iam::111111111111:role/r', artifactStore: { type: 'S3', location: 'bucket' }, pipelineType: 'V2', stages, ...more }), providers);
  const first = { name: 'Source', actions: [source] };

  test('that is right passes', () => {
    expect(check([first, { name: 'Build', actions: [build] }])).not.toThrow();
  });

  test.each([
    ['one stage', [first], 'at least two stages'],
    ['a source later on', [first, { name: 'Build', actions: [source] }], 'only the first stage may contain source actions'],
    ['an artefact nobody makes', [first, { name: 'Build', actions: [{ ...build, inputArtifacts: [{ name: 'Other' }] }] }], 'takes the artifact Other'],
    ['an action type that is not there', [first, { name: 'Build', actions: [{ ...build, actionTypeId: { ...build.actionTypeId, provider: 'Jenkins' } }] }], "Provider: 'Jenkins'"],
    ['a missing configuration', [first, { name: 'Build', actions: [{ ...build, configuration: {} }] }], 'missing required configuration: ProjectName'],
    ['conditions', [first, { name: 'Build', actions: [build], beforeEntry: { conditions: [] } }], 'conditions are not supported'],
    ['two stages of one name', [first, { name: 'Build', actions: [build] }, { name: 'Build', actions: [build] }], 'more than one stage'],
  ])('with %s is refused', (_, stages, message) => {
    expect(check(stages)).toThrow(message);
  });
});
