import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:http2';
import { text } from 'node:stream/consumers';
import { acceptHttp2 } from '../../../local/gateway/http2';

it('answers HTTP/1.1 and HTTP/2 on the same port, bodies and headers whole', async () => {
  const server = createServer((incoming, outgoing) => {
    void text(incoming).then((body) => {
      outgoing.setHeader('connection', 'keep-alive');
      outgoing.end(`${incoming.method} ${incoming.url} ${String(incoming.headers['x-amz-target'])} ${body.length}`);
    });
  });
  acceptHttp2(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const body = 'x'.repeat(100_000);

  expect(await (await fetch(`${origin}/one`, { method: 'POST', body, headers: { 'x-amz-target': 'PutRecords' } })).text()).toBe('POST /one PutRecords 100000');
  const session = connect(origin);
  const stream = session.request({ ':method': 'POST', ':path': '/two', 'x-amz-target': 'PutRecords' });
  stream.end(body);
  expect(await text(stream)).toBe('POST /two PutRecords 100000');

  session.close();
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
});
