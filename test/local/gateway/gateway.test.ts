import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CodePipelineClient, ListPipelinesCommand } from '@aws-sdk/client-codepipeline';
import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createGateway } from '../../../local/gateway/gateway';
import { Sites } from '../../../local/gateway/sites';
import { freePort } from '../../../local/host/ports';
import { temporaryFolder } from '../../support/folder';
import { serve, type RunningServer } from '../../support/http';

const folder = temporaryFolder('gateway');
const asked: { upstream: string; host?: string; url?: string; body: string }[] = [];
let upstreams: Record<'ministack' | 'runner', RunningServer>;
let sites: Sites;
const runs = (runner: URL): ReadonlyMap<string, URL> => new Map([['codepipeline', runner], ['codebuild', runner]]);

let gateway: RunningServer;

const answering = (upstream: string): Promise<RunningServer> =>
  serve((request, response) => {
    // No distribution of these tests has a web ACL.
    if (request.url?.startsWith('/2020-05-31/distribution/')) return response.end('<Distribution><DistributionConfig><WebACLId></WebACLId></DistributionConfig></Distribution>');
    void text(request).then((body) => {
      asked.push({ upstream, host: request.headers.host, url: request.url, body });
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ pipelines: [], events: [], upstream }));
    });
  });

beforeAll(async () => {
  upstreams = { ministack: await answering('ministack'), runner: await answering('runner') };
  sites = await Sites.open(join(folder, 'sites.json'), upstreams.ministack.url, await freePort());
  gateway = await serve(createGateway({ upstreams: { ministack: upstreams.ministack.url, others: runs(upstreams.runner.url) }, sites }));
});
beforeEach(() => asked.splice(0));
afterAll(async () => {
  await Promise.all([gateway.close(), upstreams.ministack.close(), upstreams.runner.close(), sites.close()]);
});

const settings = () => ({ endpoint: `http://127.0.0.1:${gateway.port}`, region: 'us-east-1', credentials: { accessKeyId: '111111111111', secretAccessKey: 'local' } });

test('CodePipeline is answered by the runner', async () => {
  await new CodePipelineClient(settings()).send(new ListPipelinesCommand({}));
  expect(asked.map(({ upstream }) => upstream)).toEqual(['runner']);
});

test('S3 is answered by MiniStack, also under a presigned URL', async () => {
  await new S3Client(settings()).send(new GetObjectCommand({ Bucket: 'bucket', Key: 'key' })).catch(() => undefined);
  await fetch(`http://127.0.0.1:${gateway.port}/bucket/key?X-Amz-Credential=111111111111%2F20261123%2Fus-east-1%2Fs3%2Faws4_request`);
  expect(asked.map(({ upstream, url }) => [upstream, url?.split('?')[0]])).toEqual([['ministack', '/bucket/key'], ['ministack', '/bucket/key']]);
});

test('an artefact of a pipeline is answered by the runner, and every other object of its bucket by MiniStack', async () => {
  const s3 = new S3Client(settings());
  for (const Key of ['website/Synth_Output/pipeline-artefact-1a2b', 'website/Synth_Output/other']) {
    await s3.send(new GetObjectCommand({ Bucket: 'artefacts', Key })).catch(() => undefined);
  }
  expect(asked.map(({ upstream }) => upstream)).toEqual(['runner', 'ministack']);
});

test.each([
  ['/aws/codebuild/website-synth', 'runner'],
  ['/aws/codepipeline/website', 'runner'],
  ['/aws/lambda/submit-order', 'ministack'],
])('the logs of %s are answered by the %s', async (logGroupName, upstream) => {
  await new CloudWatchLogsClient(settings()).send(new GetLogEventsCommand({ logGroupName, logStreamName: 'one' }));
  expect(asked.map((call) => call.upstream)).toEqual([upstream]);
});

test('an upload that waits for a go-ahead gets it', async () => {
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(gateway.port, '127.0.0.1');
    let heard = '';
    socket.on('data', (data) => {
      heard += data.toString();
      if (heard.startsWith('HTTP/1.1 100')) socket.write('body!');
      if (heard.includes('HTTP/1.1 200')) {
        socket.destroy();
        resolve(heard);
      }
    });
    socket.write('PUT /bucket/key HTTP/1.1\r\nHost: gateway\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n');
  });
  expect(answer).toContain('200 OK');
  expect(asked[0]?.body).toBe('body!');
});

test('an HTTP API is reached under its own host name', async () => {
  await fetch(new URL('/_local/apis/abc123/api/products?limit=1', gateway.url));
  expect(asked).toMatchObject([{ upstream: 'ministack', host: 'abc123.execute-api.localhost', url: '/api/products?limit=1' }]);
});

test('a part that is away for a moment is asked again by the SDK, and one that stays away is an error in words', async () => {
  const port = await freePort();
  const away = new URL(`http://127.0.0.1:${port}`);
  const lonely = await serve(createGateway({ upstreams: { ministack: away, others: runs(away) }, sites }));
  const client = new CodePipelineClient({ ...settings(), endpoint: lonely.url.href });
  await expect(client.send(new ListPipelinesCommand({}))).rejects.toThrow(/does not answer.*logs/);
  const asking = new CodePipelineClient({ ...settings(), endpoint: lonely.url.href, maxAttempts: 10 }).send(new ListPipelinesCommand({}));
  const back = createServer((_, response) => response.end('{"pipelines":[]}')).listen(port, '127.0.0.1');
  expect((await asking).pipelines).toEqual([]);
  back.close();
  back.closeAllConnections();
  await lonely.close();
});

describe('the site of a distribution', () => {
  const ask = async (distributionId: string): Promise<string> => {
    const answer = await fetch(new URL('/_local/sites', gateway.url), { method: 'POST', body: JSON.stringify({ account: '222222222222', region: 'us-east-1', distributionId }) });
    return ((await answer.json()) as { origin: string }).origin;
  };

  test('is asked of CloudFront under the host name of the distribution', async () => {
    const origin = await ask('E1ABC');
    await fetch(`${origin}/index.html`);
    expect(asked).toMatchObject([{ upstream: 'ministack', host: 'E1ABC.cloudfront.net', url: '/index.html' }]);
  });

  test('is the same whenever it is asked for, and another one for another distribution', async () => {
    expect(await ask('E1ABC')).toBe(await ask('E1ABC'));
    expect(await ask('E2DEF')).not.toBe(await ask('E1ABC'));
  });

  test('is the same after a restart', async () => {
    const before = await ask('E3GHI');
    await sites.close();
    sites = await Sites.open(join(folder, 'sites.json'), upstreams.ministack.url, await freePort());
    expect(sites.list().map(({ port }) => `http://localhost:${port}`)).toContain(before);
    expect((await fetch(before)).status).toBe(200);
  });

  test('is refused without the distribution it is for', async () => {
    const answer = await fetch(new URL('/_local/sites', gateway.url), { method: 'POST', body: '{"account":"222222222222"}' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('distributionId');
  });
});
