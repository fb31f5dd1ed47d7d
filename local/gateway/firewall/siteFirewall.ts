import { CloudFrontClient, GetDistributionCommand } from '@aws-sdk/client-cloudfront';
import { GetWebACLCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
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

/** The web ACL that a distribution names, as it is at present; a distribution that names none lets everything pass. */
export class SiteFirewall {
  readonly #distributionId: string;
  readonly #cloudFront: CloudFrontClient;
  readonly #waf: WAFV2Client;
  #current: { readonly version: string; readonly firewall: Firewall } | undefined;
  #loading: Promise<void> | undefined;
  #lookAgainAt = 0;

  constructor({ account, distributionId, endpoint }: SiteFirewallProps) {
    // Both services live in us-east-1.
    const settings = { endpoint: endpoint.href, region: 'us-east-1', credentials: { accessKeyId: account, secretAccessKey: 'local' } };
    this.#distributionId = distributionId;
    this.#cloudFront = new CloudFrontClient(settings);
    this.#waf = new WAFV2Client(settings);
  }

  /**
   * The firewall as it was some seconds ago at most.
   * @throws NotEvaluated when the web ACL asks for what is not known here, Error when CloudFront or WAF does not answer
   */
  async get(): Promise<Firewall> {
    if (Date.now() < this.#lookAgainAt && this.#current) return this.#current.firewall;
    // One look for all who wait.
    this.#loading ??= this.#look().finally(() => (this.#loading = undefined));
    await this.#loading;
    return this.#current?.firewall ?? (() => undefined);
  }

  async #look(): Promise<void> {
    const { Distribution: distribution } = await this.#cloudFront.send(new GetDistributionCommand({ Id: this.#distributionId }));
    const arn = distribution?.DistributionConfig?.WebACLId ?? '';
    const { version, firewall } = arn === '' ? { version: '', firewall: () => undefined } : await this.#webAcl(arn);
    // A rule goes on counting while nothing of the web ACL has changed.
    if (this.#current?.version !== version) this.#current = { version, firewall };
    this.#lookAgainAt = Date.now() + FRESH_MS;
  }

  async #webAcl(arn: string): Promise<{ readonly version: string; readonly firewall: Firewall }> {
    const [name, id] = arn.split('/').slice(-2);
    const { WebACL: webAcl, LockToken: version = '' } = await this.#waf.send(new GetWebACLCommand({ Name: name, Id: id, Scope: 'CLOUDFRONT' }));
    if (!webAcl) throw new Error(`WAF does not know ${arn}.`);
    return { version: `${arn} ${version}`, firewall: firewallOf(webAcl) };
  }
}
