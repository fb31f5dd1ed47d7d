import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { eventually } from '../../support/eventually';
import { serve, type RunningServer } from '../../support/http';
import { callJson, invoke } from './functions';
import { startMinistack, type TestServer } from './ministackServer';
import { functionOf, outputsOf, remove } from './stacks';
import { ended, run, start, states, stateMachineOf } from './stateMachines';

const carrierName = 'https://api.carrier.example';

interface Request { readonly method: string | undefined; readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: string }

/** A task that calls `{% path %}` of the carrier and answers with what comes back. */
const calling = (Arguments: object, more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::http:invoke',
  Arguments: { ApiEndpoint: `{% '${carrierName}' & $states.input.path %}`, Method: 'PUT', Authentication: { ConnectionArn: '${Connection}' }, ...Arguments },
  End: true,
  ...more,
});
const machine = (id: string, task: object) => stateMachineOf(id, 'Call', { Call: task }, { DefinitionSubstitutions: { Connection: { 'Fn::GetAtt': ['Connection', 'Arn'] } } });

describe('a task that calls an API over HTTP', () => {
  const requests: Request[] = [];
  let carrier: RunningServer;
  let server: TestServer;
  let names: Readonly<Record<string, string>> = {};

  beforeAll(async () => {
    carrier = await serve((incoming, outgoing) => {
      void text(incoming).then((body) => {
        requests.push({ method: incoming.method, url: incoming.url ?? '', headers: incoming.headers, body });
        if (incoming.url?.startsWith('/hang')) return;
        if (incoming.url?.startsWith('/drop')) return outgoing.destroy();
        if (incoming.url?.startsWith('/image')) return outgoing.writeHead(200, { 'content-type': 'image/png' }).end('x');
        const refused = incoming.url?.startsWith('/refused');
        outgoing.writeHead(refused ? 422 : 201, { 'content-type': refused ? 'application/problem+json' : 'application/json', 'x-kept': ['a', 'b'] });
        outgoing.end(JSON.stringify(refused ? { type: '/problems/address-refused' } : { booked: true }));
      });
    });
    server = await startMinistack({}, { [carrierName]: carrier.url.origin });
    await callJson(server, 'secretsmanager', 'secretsmanager.CreateSecret', { Name: 'carrier-api-key', SecretString: 'key-1' });
    names = await outputsOf(
      new CloudFormationClient(server.client()),
      'calls',
      {
        Connection: {
          Type: 'AWS::Events::Connection',
          Properties: {
            AuthorizationType: 'API_KEY',
            AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x-api-key', ApiKeyValue: '{{resolve:secretsmanager:carrier-api-key}}' } },
          },
        },
        ...machine('Book', calling({ Headers: { 'x-order': '{% $states.input.order %}' }, QueryParameters: { dry: 'yes', tag: ['a', 'b'] }, RequestBody: { order: '{% $states.input.order %}' } })),
        ...machine('Plain', calling({})),
        ...machine('Impatient', calling({}, { TimeoutSeconds: 1 })),
        ...machine('Forged', calling({ Headers: { 'X-Forwarded-For': '1.2.3.4' } })),
        ...machine('Unsafe', calling({ ApiEndpoint: 'http://api.carrier.example/' })),
        ...machine('Elsewhere', calling({ ApiEndpoint: `${carrierName}.invalid/` })),
        ...functionOf('Told', 'async () => process.env', { Environment: { Variables: { CARRIER: `${carrierName}/v1`, OTHER: `${carrierName}.evil.example` } } }),
      },
      { ...Object.fromEntries(['Book', 'Plain', 'Impatient', 'Forged', 'Unsafe', 'Elsewhere', 'Told', 'Connection'].map((id) => [id, { Ref: id }])), Secret: { 'Fn::GetAtt': ['Connection', 'SecretArn'] } },
    );
  });
  afterAll(async () => {
    await server?.stop();
    await carrier?.close();
  });
  beforeEach(() => requests.splice(0));

  it('sends what its arguments say, with the key of its connection, and gives the answer with status and headers', async () => {
    const { output } = await run(server, names['Book'] ?? '', { path: '/v1/shipments/1', order: 'order-1' });

    expect(output).toMatchObject({ ResponseBody: { booked: true }, StatusCode: 201, StatusText: 'Created', Headers: { 'x-kept': ['a', 'b'] } });
    expect(requests).toMatchObject([
      { method: 'PUT', url: '/v1/shipments/1?dry=yes&tag=a&tag=b', body: '{"order": "order-1"}', headers: { 'x-api-key': 'key-1', 'x-order': 'order-1', 'user-agent': 'Amazon|StepFunctions|HttpInvoke|us-east-1' } },
    ]);
  });

  it('fails by the status, with the answer as cause', async () => {
    const { error, cause = '{}' } = await run(server, names['Plain'] ?? '', { path: '/refused' });
    expect(error).toBe('States.Http.StatusCode.422');
    expect(JSON.parse(cause)).toMatchObject({ StatusCode: 422, ResponseBody: { type: '/problems/address-refused' } });
  });

  it('fails as a broken connection, a timeout or a mistake of the definition by AWS\'s names', async () => {
    expect(await run(server, names['Plain'] ?? '', { path: '/drop' })).toMatchObject({ error: 'States.Http.Socket' });
    expect(await run(server, names['Impatient'] ?? '', { path: '/hang' })).toMatchObject({ error: 'States.Timeout' });
    expect(await run(server, names['Plain'] ?? '', { path: '/image' })).toMatchObject({ error: 'States.Runtime' });
    requests.splice(0);
    expect(await run(server, names['Forged'] ?? '', { path: '/' })).toMatchObject({ error: 'States.Runtime', cause: expect.stringContaining('X-Forwarded-For') as string });
    expect(await run(server, names['Unsafe'] ?? '', { path: '/' })).toMatchObject({ error: 'States.Runtime', cause: expect.stringContaining('https') as string });
    expect(requests).toEqual([]);
  });

  it('reaches what stands for a public name, and no other name that begins like it', async () => {
    const { payload } = await invoke(server, names['Told'] ?? '');
    expect(payload).toMatchObject({ CARRIER: `${carrier.url.origin}/v1`, OTHER: `${carrierName}.evil.example` });
    const { error } = await run(server, names['Elsewhere'] ?? '', { path: '/' });
    expect(error).toBe('States.Http.Socket');
    expect(requests).toEqual([]);
  });

  it('can be stopped while nobody answers', async () => {
    const executionArn = await start(server, names['Plain'] ?? '', { path: '/hang' });
    await eventually(() => requests.length > 0);
    await states(server, 'StopExecution', { executionArn });
    expect(await ended(server, executionArn)).toMatchObject({ status: 'ABORTED' });
  });

  it('never shows the key of its connection, which a secret keeps', async () => {
    expect(JSON.stringify(await callJson(server, 'events', 'AWSEvents.DescribeConnection', { Name: names['Connection'] }))).not.toContain('key-1');
    const { SecretString } = await new SecretsManagerClient(server.client()).send(new GetSecretValueCommand({ SecretId: names['Secret'] }));
    expect(SecretString).toContain('key-1');
  });

  it('uses the new key once its connection is updated, and the secret goes with the connection', async () => {
    const cloudFormation = new CloudFormationClient(server.client());
    const connection = (ApiKeyValue: string) => ({ Connection: { Type: 'AWS::Events::Connection', Properties: { AuthorizationType: 'API_KEY', AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x-api-key', ApiKeyValue } } } }, ...machine('Book', calling({})) });
    const outputs = { Book: { Ref: 'Book' }, Secret: { 'Fn::GetAtt': ['Connection', 'SecretArn'] } };
    await outputsOf(cloudFormation, 'renewed', connection('old'), outputs);
    const { Book = '', Secret } = await outputsOf(cloudFormation, 'renewed', connection('new'), outputs);
    await run(server, Book, { path: '/' });
    expect(requests.map(({ headers }) => headers['x-api-key'])).toEqual(['new']);

    await remove(cloudFormation, 'renewed');
    await expect(new SecretsManagerClient(server.client()).send(new GetSecretValueCommand({ SecretId: Secret }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
