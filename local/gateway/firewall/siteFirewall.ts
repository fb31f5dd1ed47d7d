import { CloudFrontClient, GetDistributionCommand } from '@aws-sdk/client-cloudfront';
import { GetWebACLCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { NotEvaluated } from './notEvaluated';
import { firewallOf } from './webAcl';
import type { Firewall } from './webAcl';

/** WAF takes seconds to minutes to spread a change. */
const FRESH_MS = 5_000;

export interface SiteFirewallProps {
  readonly account: string;
  readonly distributionId: string;
  /** Who answers for CloudFront and WAF. */
  readonly endpoint: URL;
}

/** A web ACL as it was read, with the counts of its rates. */
interface Read {
  readonly version: string;
  readonly firewall: Firewall;
}

const NO_WEB_ACL: Read = { version: '', firewall: () => undefined };

/** The web ACL that a distribution names, as it is at present; a distribution that names none lets everything pass. */
export class SiteFirewall {
  readonly #distributionId: string;
  readonly #cloudFront: CloudFrontClient;
  readonly #waf: WAFV2Client;
  #current: Read | undefined;
  #looking: Promise<Read> | undefined;
  #lookAgainAt = 0;

  constructor({ account, distributionId, endpoint }: SiteFirewallProps) {
    // Both services live in us-east-1.
    const settings = { endpoint: endpoint.href, region: 'us-east-1', credentials: { accessKeyId: account, secretAccessKey: 'local' } };
    this.#distributionId = distributionId;
    this.#cloudFront = new CloudFrontClient(settings);
    this.#waf = new WAFV2Client(settings);
  }

  /**
   * The firewall as it was some seconds ago; nobody waits for a newer one.
   * @throws NotEvaluated when the web ACL asks for what is not known here, Error when CloudFront or WAF does not answer
   */
  async get(): Promise<Firewall> {
    const current = this.#current;
    if (!current) return (await this.#look()).firewall;
    if (Date.now() >= this.#lookAgainAt) {
      this.#look().catch((error: unknown) => {
        // What nobody can judge must not be judged by what was there before; a service that is away comes back.
        if (error instanceof NotEvaluated) this.#current = undefined;
      });
    }
    return current.firewall;
  }

  /** One look for all who ask. */
  #look(): Promise<Read> {
    this.#looking ??= this.#read().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #read(): Promise<Read> {
    const { Distribution: distribution } = await this.#cloudFront.send(new GetDistributionCommand({ Id: this.#distributionId }));
    const arn = distribution?.DistributionConfig?.WebACLId ?? '';
    const read = arn === '' ? NO_WEB_ACL : await this.#webAcl(arn);
    // A rule goes on counting while nothing of the web ACL has changed.
    const current = this.#current?.version === read.version ? this.#current : read;
    this.#current = current;
    this.#lookAgainAt = Date.now() + FRESH_MS;
    return current;
  }

  async #webAcl(arn: string): Promise<Read> {
    const [name, id] = arn.split('/').slice(-2);
    const { WebACL: webAcl, LockToken: version = '' } = await this.#waf.send(new GetWebACLCommand({ Name: name, Id: id, Scope: 'CLOUDFRONT' }));
    if (!webAcl) throw new Error(`WAF does not know ${arn}.`);
    return { version: `${arn} ${version}`, firewall: firewallOf(webAcl) };
  }
}
