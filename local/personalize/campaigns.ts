import * as z from 'zod';
import { operation, type Operation } from '../aws/json-service';
import type { Campaign, Kept } from './kept';
import { arnOf, described, exists, found, isActive, isOf, Name, page, PAGE, requireActive, seconds, wrong } from './resource';
import { latestTrained } from './solutions';

const LATEST = '/$LATEST';

const ofCampaign = z.strictObject({ campaignArn: z.string() });
const campaignConfig = z.strictObject({ syncWithLatestSolutionVersion: z.boolean().default(false), enableMetadataWithRecommendations: z.literal(false).optional() });
const minProvisionedTPS = z.int().min(1);

/** Campaigns: what answers by a version of a solution. */
export function campaignOperations(kept: Kept): Readonly<Record<string, Operation>> {
  const { campaigns } = kept;
  return {
    CreateCampaign: operation(z.strictObject({ name: Name, solutionVersionArn: z.string(), minProvisionedTPS: minProvisionedTPS.default(1), campaignConfig: campaignConfig.prefault({}) }), async ({ name, solutionVersionArn, minProvisionedTPS: least, campaignConfig: config }, caller) => {
      const campaignArn = arnOf(caller, `campaign/${name}`);
      if (campaigns.get(campaignArn)) throw exists(campaignArn);
      campaigns.put(campaignArn, { name, campaignArn, ...deployedBy(kept, solutionVersionArn, config), minProvisionedTPS: least, creationDateTime: seconds() });
      await kept.commit();
      return { campaignArn };
    }),
    UpdateCampaign: operation(z.strictObject({ campaignArn: z.string(), solutionVersionArn: z.string().optional(), minProvisionedTPS: minProvisionedTPS.optional(), campaignConfig: campaignConfig.optional() }), async ({ campaignArn, solutionVersionArn, minProvisionedTPS: least, campaignConfig: config }) => {
      const campaign = found(campaigns.get(campaignArn), campaignArn);
      requireActive(campaignArn, campaign);
      const version = solutionVersionArn ?? campaign.solutionVersionArn ?? `${campaign.solutionArn}${LATEST}`;
      campaigns.put(campaignArn, { ...campaign, ...deployedBy(kept, version, config ?? campaign.campaignConfig), minProvisionedTPS: least ?? campaign.minProvisionedTPS });
      await kept.commit();
      return { campaignArn };
    }),
    DescribeCampaign: operation(ofCampaign, ({ campaignArn }) => {
      const { solutionArn, solutionVersionArn = latestTrained(kept, solutionArn)?.solutionVersionArn, ...campaign } = described(found(campaigns.get(campaignArn), campaignArn));
      return { campaign: { ...campaign, solutionVersionArn } };
    }),
    ListCampaigns: operation(z.strictObject({ solutionArn: z.string().optional(), ...PAGE }), ({ solutionArn, ...input }, caller) => {
      const { some, nextToken } = page([...campaigns.values()].filter((one) => isOf(caller, one.campaignArn) && (solutionArn === undefined || one.solutionArn === solutionArn)), input);
      return { campaigns: some.map(described).map(({ name, campaignArn, status, creationDateTime, lastUpdatedDateTime }) => ({ name, campaignArn, status, creationDateTime, lastUpdatedDateTime })), nextToken };
    }),
    DeleteCampaign: operation(ofCampaign, async ({ campaignArn }) => {
      found(campaigns.get(campaignArn), campaignArn);
      campaigns.delete(campaignArn);
      await kept.commit();
    }),
  };
}

/** @throws ServiceError for what was never trained, or a way of naming it that does not go with the configuration */
function deployedBy(kept: Kept, named: string, { syncWithLatestSolutionVersion }: z.infer<typeof campaignConfig>): Pick<Campaign, 'solutionArn' | 'solutionVersionArn' | 'campaignConfig'> {
  const config = { campaignConfig: { syncWithLatestSolutionVersion } };
  if (named.endsWith(LATEST)) {
    const solutionArn = named.slice(0, -LATEST.length);
    found(kept.solutions.get(solutionArn), solutionArn);
    const latest = found(latestTrained(kept, solutionArn), `An ACTIVE version of ${solutionArn}`);
    return { solutionArn, ...config, ...(!syncWithLatestSolutionVersion && { solutionVersionArn: latest.solutionVersionArn }) };
  }
  if (syncWithLatestSolutionVersion) throw wrong(`To follow the latest version, name the solution: <solution ARN>${LATEST}.`);
  const version = found(kept.versions.get(named), named);
  if (!isActive(version)) throw wrong(`${named} is not ACTIVE.`);
  return { solutionArn: version.solutionArn, solutionVersionArn: named, ...config };
}
