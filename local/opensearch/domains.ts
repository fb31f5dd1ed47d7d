/** A request to an OpenSearch domain, as it comes to the gateway: which domain, and what of it. */
export interface DomainRequest {
  readonly account: string;
  readonly region: string;
  readonly domain: string;
  /** Path and query at the domain's own endpoint. */
  readonly path: string;
}

/**
 * Reads `/_local/domains/<account>/<region>/<domain>/…`, which stands for `https://search-<domain>-….<region>.es.amazonaws.com/…`
 * (local/ministack/mends/search_domains.py). One node serves all domains: indexes are named after their environment.
 */
export function domainRequest(url: string): DomainRequest | undefined {
  const [, account, region, domain, path = ''] = /^\/_local\/domains\/(\d{12})\/([a-z0-9-]+)\/([a-z0-9-]+)(\/.*)?$/.exec(url) ?? [];
  return account === undefined || region === undefined || domain === undefined ? undefined : { account, region, domain, path: path || '/' };
}
