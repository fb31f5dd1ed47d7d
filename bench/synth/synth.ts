import { join } from 'node:path';
import { build, synthesize } from '../application';
import type { Section } from '../report';
import { alternate } from '../rounds';
import type { Workplace } from '../workplace';

const ROUNDS = 5;

/** What bundling and the checks add to a synth. */
export async function measureSynth(place: Workplace): Promise<Section> {
  const seconds = async (...runs: (() => Promise<{ milliseconds: number }>)[]): Promise<number> => {
    let sum = 0;
    for (const run of runs) sum += (await run()).milliseconds;
    return sum / 1_000;
  };
  const whole = join(place.folder, 'whole');
  const plain = join(place.folder, 'plain');
  // Once outside the rounds: file caches, and the bundles that the plain synth finds.
  await seconds(() => build(place), () => synthesize(place, plain, 'bench/synth/withoutChecks.ts'));
  const found = await alternate(ROUNDS, new Map([
    ['whole', () => seconds(() => build(place), () => synthesize(place, whole))],
    ['checked', () => seconds(() => synthesize(place, whole))],
    ['plain', () => seconds(() => synthesize(place, plain, 'bench/synth/withoutChecks.ts'))],
  ]));
  return {
    title: 'Synth',
    rows: [
      { what: 'with bundling, cdk-nag and the release guard', figures: { seconds: found('whole') }, ratio: { value: found('whole') / found('plain'), unit: '×', aim: { atMost: 1.25 } } },
      { what: 'with cdk-nag and the release guard, bundled before', figures: { seconds: found('checked') }, ratio: { value: found('checked') / found('plain'), unit: '×' } },
      { what: 'with neither, bundled before', figures: { seconds: found('plain') } },
    ],
    notes: [
      `Medians of ${ROUNDS} alternating rounds, each in processes of its own, as \`npm run synth\` does it.`,
      "CloudFormation's own validation of the templates is in all of them.",
    ],
  };
}
