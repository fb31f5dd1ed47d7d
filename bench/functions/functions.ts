import { join } from 'node:path';
import { DIST, lambdaEntries } from '../../pipeline/build/bundles';
import { bundleBare } from '../orders/bareBundle';
import { build, synthesize, UNVALIDATED } from '../application';
import type { Aim, Row, Section } from '../report';
import { alternate } from '../rounds';
import type { Workplace } from '../workplace';
import { bytesLoaded } from './size';
import { functionVariables } from './variables';

const ROUNDS = 15;
const BARE = join(__dirname, 'bareHandler.mjs');
/** What a customer waits for most is allowed most. */
const AIMS: Readonly<Record<string, number>> = { 'orders/submit-order': 9 };
const AIM_OF_OTHERS = 7;

/** How long each function takes to be imported, and how much it reads for that, against a handler that does nothing. */
export async function measureFunctions(place: Workplace): Promise<Section> {
  await build(place);
  const assembly = join(place.folder, 'cdk.out');
  await synthesize(place, assembly, 'bin/website.ts', UNVALIDATED);
  const variables = { ...functionVariables(assembly), AWS_REGION: 'us-east-1', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const files = new Map((await lambdaEntries()).map((entry) => [entry, join(DIST, 'lambdas', entry, 'index.mjs')]));
  const client = join(place.folder, 'client');
  await bundleBare(join(__dirname, '../orders/bareHandler.ts'), client);
  const withClient = join(client, 'index.mjs');
  const importTime = (file: string) => async (): Promise<number> => Number((await place.node([join(__dirname, 'importTime.cjs'), file], variables)).stdout);

  const milliseconds = await alternate(ROUNDS, new Map([BARE, withClient, ...files.values()].map((file) => [file, importTime(file)])));
  const bareBytes = await bytesLoaded(BARE);
  const row = async (what: string, file: string, aim?: Aim): Promise<Row> => {
    const bytes = await bytesLoaded(file);
    return { what, figures: { 'import ms': milliseconds(file), KB: bytes / 1_000, 'times its size': bytes / bareBytes }, ratio: { value: milliseconds(file) / milliseconds(BARE), unit: '×', aim } };
  };
  return {
    title: "Functions: import against a bare handler's",
    rows: [
      ...(await Promise.all([...files].map(([entry, file]) => row(entry, file, { atMost: AIMS[entry] ?? AIM_OF_OTHERS })))),
      await row('a DynamoDB client and nothing else', withClient),
      await row('a bare handler', BARE),
    ],
    notes: [
      `Medians of ${ROUNDS} alternating rounds; each import is the first ES module of a fresh \`node\` ${process.version}, whose module loader's own start is in all of them.`,
      'KB: the entry and everything it imports statically.',
    ],
  };
}
