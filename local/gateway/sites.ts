import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname } from 'node:path';
import * as z from 'zod';
import { errorCode } from '../host/errors';
import { SiteFirewall } from './firewall/siteFirewall';
import { LARGEST_HEAD, viewerRequests } from './viewerRequests';

/** A CloudFront distribution and the port of the loopback at which a browser reaches it. */
export const Site = z.object({ account: z.string(), region: z.string(), distributionId: z.string().regex(/^[A-Z0-9]+$/i), port: z.number().int() });
export type Site = z.infer<typeof Site>;
export const SiteRequest = Site.omit({ port: true });
export type SiteRequest = z.infer<typeof SiteRequest>;

export const originOf = (site: Pick<Site, 'port'>): string => `http://localhost:${site.port}`;

/**
 * Gives each distribution a plain `http://localhost:<port>` of its own, the same one after every restart, because
 * the address stands in app clients' callback URLs. What the distribution's web ACL lets pass is answered by MiniStack
 * under the distribution's own host name.
 */
export class Sites {
  readonly #file: string;
  readonly #cloudFront: URL;
  readonly #firstPort: number;
  readonly #open = new Map<string, { site: Site; server: Server }>();
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(file: string, cloudFront: URL, firstPort: number) {
    this.#file = file;
    this.#cloudFront = cloudFront;
    this.#firstPort = firstPort;
  }

  /** Opens the sites remembered in `file`; new ones get the first free port from `firstPort` up. */
  static async open(file: string, cloudFront: URL, firstPort: number): Promise<Sites> {
    const sites = new Sites(file, cloudFront, firstPort);
    for (const site of rememberedSites(file)) await sites.#listen(site, site.port);
    return sites;
  }

  list(): Site[] {
    return [...this.#open.values()].map(({ site }) => site);
  }

  /** The site of a distribution, opened now if it is new. @throws Error when its web ACL cannot be evaluated here */
  add(request: SiteRequest): Promise<Site> {
    return this.#oneAtATime(async () => {
      const known = this.#open.get(request.distributionId);
      if (known) return known.site;
      await this.#firewallOf(request).get();
      const taken = new Set(this.list().map((site) => site.port));
      for (let port = this.#firstPort; port < this.#firstPort + 500; port++) {
        if (taken.has(port)) continue;
        try {
          return await this.#listen(request, port);
        } catch (error) {
          if (errorCode(error) !== 'EADDRINUSE') throw error;
        }
      }
      throw new Error(`No free port for a site between ${this.#firstPort} and ${this.#firstPort + 499}.`);
    });
  }

  remove(distributionId: string): Promise<void> {
    return this.#oneAtATime(async () => {
      const known = this.#open.get(distributionId);
      if (!known) return;
      this.#open.delete(distributionId);
      known.server.close();
      known.server.closeAllConnections();
      this.#remember();
    });
  }

  async close(): Promise<void> {
    for (const { server } of this.#open.values()) {
      server.close();
      server.closeAllConnections();
    }
  }

  async #listen(request: SiteRequest, port: number): Promise<Site> {
    const site: Site = { ...request, port };
    // The edge of AWS is reached over TLS; saying so keeps its redirect to https from looping here.
    const headers = { host: `${site.distributionId}.cloudfront.net`, 'x-forwarded-proto': 'https' };
    const server = createServer({ maxHeaderSize: LARGEST_HEAD }, viewerRequests({ firewall: this.#firewallOf(site), cloudFront: this.#cloudFront, headers }));
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
    this.#open.set(site.distributionId, { site, server });
    this.#remember();
    return site;
  }

  #firewallOf({ account, distributionId }: SiteRequest): SiteFirewall {
    return new SiteFirewall({ account, distributionId, endpoint: this.#cloudFront });
  }

  #remember(): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.list(), null, 2));
    renameSync(`${this.#file}.new`, this.#file);
  }

  #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(work);
    this.#queue = next.catch(() => undefined);
    return next;
  }
}

/** The sites of earlier starts, from their file. */
export function rememberedSites(file: string): Site[] {
  try {
    return z.array(Site).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw new Error(`${file} is damaged: ${String(error)}. \`npm run reset\` forgets everything of this machine.`, { cause: error });
  }
}
