import path from 'node:path';
import { temporaryFolder } from '../../support/folder';
import { DevEnvironment } from '../devEnvironment';
import { otherStream, pausedConsumer, policyByHand, silencedRule, type Mend } from './breakages';
import { gateVariables, projectSession, runGate } from './gateRun';

jest.setTimeout(900_000);
// What a policy refuses that was put there by hand is no refusal that the application brings about.
delete process.env['LOCAL_PERMISSION_RECORDS'];

/** Long enough for what is whole; Firehose on one machine delivers after a dozen seconds. */
const LONGEST_HOP_SECONDS = '40';

let dev: DevEnvironment;
// Before the folder is removed, which it is in the order of these lines.
afterAll(() => dev?.stop());
const folder = temporaryFolder('broken-sinks');
let variables: Record<string, string>;
beforeAll(async () => {
  dev = await DevEnvironment.start(path.join(folder, 'home'));
  variables = { ...(await gateVariables(dev)), ...(await projectSession(dev)), LONGEST_HOP_SECONDS };
});

const lost = (hop: string): string => `${hop}: everything sent arrives in time`;

interface Breakage {
  readonly what: string;
  /** The hops that the gate has to name: the broken one, and those that come after it. */
  readonly hops: readonly string[];
  readonly breakIt: () => Promise<Mend>;
}

// Not the orders' table: what is not in it was never accepted, which a check of its own says.
const rounds: readonly (readonly Breakage[])[] = [
  [{ what: 'clicks are put into another stream', hops: ['click → stream', 'click → S3', 'click → Redshift', 'click → Personalize', 'click → recommendation'], breakIt: () => otherStream(dev) }],
  [{ what: 'Redshift may not read its streams', hops: ['order → Redshift', 'click → Redshift'], breakIt: () => policyByHand(dev, 'Redshift', 'WarehouseStreaming', 'Deny', 'kinesis:GetRecords') }],
  // A run takes as long as its longest hop: what clicks come by and what orders come by break together.
  [
    { what: 'Firehose may not write', hops: ['click → S3'], breakIt: () => policyByHand(dev, 'Clickstream', 'RawRole', 'Deny', 's3:PutObject') },
    { what: 'nobody hears of mails', hops: ['order → mail'], breakIt: () => silencedRule(dev, 'Workflow', 'MailDeliveries') },
  ],
  [
    { what: 'what tells Personalize is paused', hops: ['click → Personalize', 'click → recommendation'], breakIt: () => pausedConsumer(dev, 'Personalize', 'ConsumeClicks') },
    { what: 'what indexes orders is paused', hops: ['order → search'], breakIt: () => pausedConsumer(dev, 'Search', 'IndexOrders') },
  ],
];
const inWords = rounds.map((broken) => ({ broken, what: broken.map(({ what }) => what).join(', and '), hops: broken.flatMap(({ hops }) => hops) }));

test.each(inWords)('when $what, the gate fails and names $hops', async ({ broken, hops }) => {
  const mends: Mend[] = [];
  try {
    for (const { breakIt } of broken) mends.push(await breakIt());
    const run = await runGate(dev, folder, variables);
    expect(run.failed.toSorted()).toEqual(hops.map(lost).toSorted());
    expect(run.exitCode).toBe(1);
    for (const { from, to, sent, arrived } of run.evidence.hops) expect({ hop: `${from} → ${to}`, whole: arrived === sent }).toEqual({ hop: `${from} → ${to}`, whole: !hops.includes(`${from} → ${to}`) });
  } finally {
    for (const mend of mends) await mend();
  }
});

test('with everything mended each hop arrives, and the gate opens', async () => {
  const { exitCode, failed, printed } = await runGate(dev, folder, variables);
  expect({ exitCode, failed, printed: exitCode === 0 ? '' : printed }).toEqual({ exitCode: 0, failed: [], printed: '' });
});
