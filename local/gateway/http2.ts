import { request, type IncomingHttpHeaders, type Server } from 'node:http';
import { createServer, type Http2ServerRequest, type Http2ServerResponse, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';

/** How a client begins that knows beforehand that it will be understood: https://www.rfc-editor.org/rfc/rfc9113#section-3.4. */
const PREFACE = 'PRI * HTTP/2.0';
/** What HTTP/2 has no room for: https://www.rfc-editor.org/rfc/rfc9113#section-8.2.2. */
const OF_ONE_CONNECTION = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']);

/**
 * Lets a server of HTTP/1.1 be spoken to in HTTP/2 without TLS as well, on the same port: the SDK calls Kinesis by no other,
 * and on this machine there is no TLS that could settle which. Such a request is handed to the server over a connection of its own.
 */
export function acceptHttp2(server: Server): void {
  const sessions = new Set<ServerHttp2Session>();
  const http2 = createServer((incoming, outgoing) => handOn(incoming, outgoing, server));
  http2.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  const ofHttp1 = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    // One that says nothing yet is waited for by nobody; one that goes away is no error.
    socket.once('error', () => socket.destroy());
    socket.once('readable', () => {
      const start: Buffer | null = socket.read();
      if (start === null) return;
      socket.unshift(start);
      if (start.toString('latin1', 0, PREFACE.length) === PREFACE) http2.emit('connection', socket);
      else for (const listener of ofHttp1) listener.call(server, socket);
    });
  });
  const closeOthers = server.closeAllConnections.bind(server);
  server.closeAllConnections = () => {
    closeOthers();
    for (const session of sessions) session.destroy();
  };
}

function handOn(incoming: Http2ServerRequest, outgoing: Http2ServerResponse, server: Server): void {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const headers = { ...withoutPseudo(incoming.headers), host: incoming.authority };
  const onward = request({ host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, withoutConnection(answer.headers));
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.stream.close());
  incoming.pipe(onward);
}

const withoutPseudo = (headers: IncomingHttpHeaders): IncomingHttpHeaders => Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));

const withoutConnection = (headers: IncomingHttpHeaders): IncomingHttpHeaders => Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_ONE_CONNECTION.has(name)));
