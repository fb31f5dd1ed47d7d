import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Traffic } from '../../../local/traffic/traffic';
import { eventually } from '../../support/eventually';
import { serve, type RunningServer } from '../../support/http';
import { ShopInMemory } from './shopInMemory';

const SHOPPERS = 4;
const environment = { name: 'Dev', account: '222222222222', region: 'us-east-1' };

/** A gateway that knows a stack and the sites it has opened, and the site. */
class Machine {
  readonly shop = new ShopInMemory();
  siteUrl: string | undefined;
  sites: { readonly account: string; readonly origin: string }[] = [];

  private constructor(
    readonly gateway: RunningServer,
    private readonly site: RunningServer,
  ) {
    this.shop.siteUrl = `http://localhost:${site.port}`;
  }

  static async start(): Promise<Machine> {
    const machine: Machine = new Machine(
      await serve((request, response) => {
        if (request.url === '/_local/sites') return response.end(JSON.stringify(machine.sites));
        if (machine.siteUrl === undefined) return response.writeHead(400, { 'content-type': 'text/xml' }).end('<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id Dev-Edge does not exist</Message></Error></ErrorResponse>');
        const output = `<member><OutputKey>SiteUrl</OutputKey><OutputValue>${machine.siteUrl}/</OutputValue></member>`;
        return response.writeHead(200, { 'content-type': 'text/xml' }).end(`<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>Dev-Edge</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${output}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`);
      }),
      await serve(
        createServer((request, response) => {
          void buffer(request).then(async (body) => {
            const headers = new Headers(Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]));
            const answer = await machine.shop.ask(`${machine.shop.siteUrl}${request.url}`, { method: request.method, headers, ...(body.length > 0 && { body: body.toString() }) });
            response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
          });
        }),
      ),
    );
    return machine;
  }

  deploy(): void {
    this.siteUrl = this.shop.siteUrl;
    this.sites = [{ account: environment.account, origin: this.shop.siteUrl }];
  }

  async stop(): Promise<void> {
    await Promise.all([this.gateway.close(), this.site.close()]);
  }
}

let machine: Machine;
let stopping: AbortController;
let said: string[];
let running: Promise<void>;
let traffic: Traffic;
beforeEach(async () => {
  machine = await Machine.start();
  stopping = new AbortController();
  said = [];
  traffic = new Traffic({ environment, shoppers: SHOPPERS, gatewayUrl: machine.gateway.url.origin, say: (line) => said.push(line), signal: stopping.signal, seed: 1, haste: 100 });
});
afterEach(async () => {
  stopping.abort();
  await running.catch(() => undefined);
  await machine.stop();
});

test('they wait for the site, say so once, and come when it is there', async () => {
  running = traffic.run();
  await eventually(() => said.length > 0);
  machine.deploy();
  await eventually(() => traffic.tally.orders > 0);
  expect(said).toEqual(['Dev is not deployed yet; 4 shoppers come as soon as it is', `4 shoppers walk through Dev, ${machine.shop.siteUrl}`]);
  expect(traffic.tally.lastMinute()).toEqual({ clicks: traffic.tally.clicks, orders: traffic.tally.orders });
});

test('they end when they are told to, wherever they are', async () => {
  machine.deploy();
  running = traffic.run();
  await eventually(() => traffic.tally.clicks > 50);
  stopping.abort();
  await expect(running).resolves.toBeUndefined();
});

test('through what goes wrong for a while they say one line, wait longer each time, and come back', async () => {
  machine.deploy();
  running = traffic.run();
  await eventually(() => traffic.tally.clicks > 0);
  machine.shop.mishap = () => new Response('no', { status: 503 });
  await eventually(() => said.length > 1);
  machine.shop.mishap = () => new Response('slow down', { status: 429, headers: { 'retry-after': '1' } });
  const before = machine.shop.asked.length;
  await eventually(() => machine.shop.asked.length > before);
  machine.shop.mishap = undefined;
  await eventually(() => said.length > 2);
  expect(said.slice(1)).toEqual([expect.stringMatching(/^Dev does not answer as it should \(.*503.*\); they try again, less and less often$/), 'Dev answers again']);
});

test('a site that moves to somewhere else is not followed', async () => {
  machine.deploy();
  running = traffic.run();
  await eventually(() => traffic.tally.clicks > 0);
  machine.siteUrl = 'https://shop.example.com';
  await eventually(() => said.length > 1);
  expect(said[1]).toContain('https://shop.example.com/ is no site of this machine');
});

test.each([
  ["a site that is another's", 'https://shop.example.com', undefined],
  ['a site of another environment', undefined, '333333333333'],
])('%s is not visited', async (_, siteUrl, account) => {
  machine.deploy();
  if (siteUrl !== undefined) machine.siteUrl = siteUrl;
  if (account !== undefined) machine.sites = machine.sites.map((site) => ({ ...site, account }));
  running = traffic.run();
  await expect(running).rejects.toThrow('is no site of this machine');
  expect(machine.shop.asked).toEqual([]);
});
