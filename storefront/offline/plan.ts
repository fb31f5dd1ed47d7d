/** What the service worker does with a request; undefined leaves it to the browser. */
export type Plan = 'page' | 'asset' | 'picture' | 'read' | undefined;

export type Asked = Pick<Request, 'method' | 'url' | 'mode'> & { readonly headers: Pick<Headers, 'has'> };

const PICTURES = /^\/products\/[^/]+\.\w+$/;
/** What everybody may read, and what is shown of it stays worth showing. Suggestions, searches and recommendations are not. */
const KEPT_READS = /^\/(config\.json|api\/categories|api\/products(\/[^/]+)?)$/;

export function planFor({ method, url, mode, headers }: Asked, origin: string): Plan {
  const { origin: asked, pathname } = new URL(url);
  // Whatever comes with a token is somebody's own, and stays out of what the browser keeps.
  if (method !== 'GET' || asked !== origin || headers.has('authorization')) return undefined;
  if (mode === 'navigate') return isOfShop(pathname) ? 'page' : undefined;
  if (pathname.startsWith('/assets/')) return 'asset';
  if (KEPT_READS.test(pathname)) return 'read';
  return PICTURES.test(pathname) ? 'picture' : undefined;
}

/** Not the operators' pages, nor any file: what has an extension is no page, as CloudFront sees it. */
function isOfShop(pathname: string): boolean {
  return !pathname.startsWith('/operators/') && !pathname.startsWith('/api/') && !pathname.slice(pathname.lastIndexOf('/')).includes('.');
}
