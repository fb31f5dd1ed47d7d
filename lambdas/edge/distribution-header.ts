import { GetDistributionCommand, GetDistributionConfigCommand, UpdateDistributionCommand } from '@aws-sdk/client-cloudfront';
import type { CloudFrontClient, DistributionConfig } from '@aws-sdk/client-cloudfront';
import { ORIGIN_SECRET_HEADER } from '../../contracts/headers';
import type { Sender } from './origin-rotation';

/** The header that a distribution adds to what it sends to the API. */
export const distributionHeader = (client: CloudFrontClient, Id: string): Sender => ({
  send: async (text) => {
    const { DistributionConfig: config, ETag: IfMatch } = await client.send(new GetDistributionConfigCommand({ Id }));
    if (valueIn(config) === text) return;
    await client.send(new UpdateDistributionCommand({ Id, IfMatch, DistributionConfig: withValue(config, text) }));
  },
  sends: async (text) => {
    const { Distribution: distribution } = await client.send(new GetDistributionCommand({ Id }));
    return distribution?.Status === 'Deployed' && valueIn(distribution.DistributionConfig) === text;
  },
});

const isOurs = ({ HeaderName = '' }: { readonly HeaderName?: string }): boolean => HeaderName.toLowerCase() === ORIGIN_SECRET_HEADER;

const valueIn = (config: DistributionConfig | undefined): string | undefined => config?.Origins?.Items?.flatMap(({ CustomHeaders }) => CustomHeaders?.Items ?? []).find(isOurs)?.HeaderValue;

/** An update replaces the whole configuration. @throws Error when no origin has the header */
function withValue(config: DistributionConfig | undefined, text: string): DistributionConfig {
  if (!config?.Origins?.Items || valueIn(config) === undefined) throw new Error(`The distribution sends no ${ORIGIN_SECRET_HEADER}`);
  const origins = config.Origins.Items.map((origin) => {
    const items = origin.CustomHeaders?.Items?.map((header) => (isOurs(header) ? { ...header, HeaderValue: text } : header));
    return items ? { ...origin, CustomHeaders: { Quantity: items.length, Items: items } } : origin;
  });
  return { ...config, Origins: { Quantity: origins.length, Items: origins } };
}
