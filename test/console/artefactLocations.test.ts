import type { ActionExecutionDetail } from '@aws-sdk/client-codepipeline';
import { artefactLocations } from '../../console/server/release/templates';

const attempt = (status: 'Succeeded' | 'Failed', key: string): ActionExecutionDetail => ({ status, output: { outputArtifacts: [{ name: 'Synth_Output', s3location: { bucket: 'artefacts', key } }] } });

test.each([
  ['one that failed before', [attempt('Succeeded', 'second'), attempt('Failed', 'first')], 'second'],
  ['one that failed afterwards', [attempt('Failed', 'second'), attempt('Succeeded', 'first')], 'first'],
  ['one that succeeded before', [attempt('Succeeded', 'second'), attempt('Succeeded', 'first')], 'second'],
])('an artefact is where the last attempt that succeeded has put it, whatever became of %s', (_, newestFirst, key) => {
  expect(artefactLocations(newestFirst).get('Synth_Output')).toEqual({ bucket: 'artefacts', key });
});
