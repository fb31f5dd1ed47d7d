/** A link the page may show: anything but http and https, `javascript:` above all, is left out. */
export function httpUrl(link: string | undefined): string | undefined {
  return link && /^https?:\/\//i.test(link) ? link : undefined;
}
