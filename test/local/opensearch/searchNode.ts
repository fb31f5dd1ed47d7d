import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OpenSearch } from '../../../lambdas/search/open-search';
import { PARTS } from '../../../local/host/folders';
import { freePort } from '../../../local/host/ports';
import { installOpenSearch } from '../../../local/opensearch/install';
import { opensearchPart } from '../../../local/opensearch/opensearchPart';
import { PartProcess } from '../../support/partProcess';

/** An OpenSearch node of a test's own, with nothing in it. */
export class SearchNode {
  private constructor(
    readonly url: string,
    private readonly process: PartProcess,
    private readonly folder: string,
  ) {}

  static async start(): Promise<SearchNode> {
    const folder = await mkdtemp(path.join(tmpdir(), 'opensearch-'));
    await installOpenSearch({ partsDir: PARTS, onProgress: () => undefined });
    const port = await freePort();
    const part = await opensearchPart({ port, transportPort: await freePort(), stateDir: path.join(folder, 'state'), partsDir: PARTS });
    return new SearchNode(`http://127.0.0.1:${port}`, await PartProcess.start(part, path.join(folder, 'log')), folder);
  }

  /** As functions ask it; the node itself looks at no signature. */
  domain(prefix: string): OpenSearch {
    const credentials = () => Promise.resolve({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' });
    return new OpenSearch({ endpoint: this.url, region: 'us-east-1', prefix, credentials, timeoutMs: 20_000 });
  }

  async call(method: string, pathname: string, body?: string, type = 'application/json'): Promise<unknown> {
    const answer = await fetch(`${this.url}${pathname}`, { method, body, headers: { 'content-type': type } });
    if (!answer.ok) throw new Error(`${method} ${pathname}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  async stop(): Promise<void> {
    await this.process.end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }
}
