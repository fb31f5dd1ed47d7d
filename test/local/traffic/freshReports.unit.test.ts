import type { IncomingMessage } from 'node:http';
import { keepReportsFresh } from '../../../local/traffic/freshReports';
import { eventually } from '../../support/eventually';
import { serve, type RunningServer } from '../../support/http';

const place = { name: 'Dev', account: '222222222222', region: 'us-east-1' };
const ARN = 'arn:aws:lambda:us-east-1:222222222222:function:refresh:live';

let server: RunningServer;
let asked: string[];
let isDeployed: boolean;
beforeEach(async () => {
  [asked, isDeployed] = [[], true];
  server = await serve(({ url = '' }: IncomingMessage, response) => {
    asked.push(decodeURIComponent(url));
    if (url !== '/') return void response.end('null');
    const outputs = `<Outputs><member><OutputKey>RefresherArn</OutputKey><OutputValue>${ARN}</OutputValue></member></Outputs>`;
    return void response.setHeader('content-type', 'text/xml').end(`<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>Dev-Redshift</StackName>${isDeployed ? outputs : ''}</member></Stacks></DescribeStacksResult></DescribeStacksResponse>`);
  });
});
afterEach(() => server.close());

const keeping = (refresh: 'by itself' | { everyMinutes: number }) => {
  const [stopping, said] = [new AbortController(), [] as string[]];
  const kept = keepReportsFresh({ environment: { ...place, redshift: { baseCapacity: 4, rpuHoursADay: 24, refresh } }, gatewayUrl: server.url.origin, say: (line) => said.push(line), signal: stopping.signal });
  return { said, end: async () => (stopping.abort(), kept) };
};

test('the function that has Redshift read is called, and that it is is said once', async () => {
  const { said, end } = keeping({ everyMinutes: 30 });
  await eventually(() => said.length > 0, 30);
  await end();
  expect(asked).toContain(`/2015-03-31/functions/${ARN}/invocations`);
  expect(said).toEqual(["Dev's Redshift reads every 20 seconds what they do, by itself every 30 minutes"]);
});

test('before it is deployed nothing is called or said', async () => {
  isDeployed = false;
  const { said, end } = keeping({ everyMinutes: 30 });
  await eventually(() => asked.length > 0, 30);
  await end();
  expect({ said, asked: new Set(asked) }).toEqual({ said: [], asked: new Set(['/']) });
});

test('a Redshift that reads by itself is left alone', async () => {
  const { end } = keeping('by itself');
  await end();
  expect(asked).toEqual([]);
});
