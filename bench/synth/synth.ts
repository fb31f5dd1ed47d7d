import { join } from 'node:path';
import { build, synthesize } from '../application';
import type { Section } from '../report';
import { alternate } from '../rounds';
import type { Workplace } from '../workplace';

const ROUNDS = 5;

/** What bundling and the checks add to a synth. */
export async function measureSynth(place: Workplace): Promise<Section> {
  const seconds = (entry: string) => async (): Promise<number> => (await synthesize(place, join(place.folder, 'cdk.out'), entry)).milliseconds / 1_000;
  // Outside the rounds: the bundles that a synth without bundling finds.
  await build(place);
  const found = await alternate(ROUNDS, new Map([
    ['whole', seconds('bin/synth.ts')],
    ['checked', seconds('bin/website.ts')],
    ['plain', seconds('bench/synth/withoutChecks.ts')],
  ]));
  return {
    title: 'Synth',
    rows: [
      { what: 'with bundling, cdk-nag and the release guard', figures: { seconds: found('whole') }, ratio: { value: found('whole') / found('plain'), unit: '×', aim: { atMost: 1.25 } } },
      { what: 'with cdk-nag and the release guard, bundled before', figures: { seconds: found('checked') }, ratio: { value: found('checked') / found('plain'), unit: '×' } },
      { what: 'with neither, bundled before', figures: { seconds: found('plain') } },
    ],
    notes: [
      `Medians of ${ROUNDS} alternating rounds, each a process of its own; the first is what \`npm run synth\` runs.`,
      "CloudFormation's own validation of the templates is in all of them.",
    ],
  };
}
