import { GetRecommendationsCommand } from '@aws-sdk/client-personalize-runtime';
import type { PersonalizeRuntimeClient } from '@aws-sdk/client-personalize-runtime';
import { ProductId } from '../../contracts/ids';
import type { CategoryName } from '../../contracts/product';
import { RecommendationId } from '../../contracts/recommendation';

export interface CampaignProps {
  readonly client: Pick<PersonalizeRuntimeClient, 'send'>;
  readonly campaignArn: string;
  /** Leaves out what the user has bought. */
  readonly filterArn: string;
  /** The same, and what is of another category. */
  readonly categoryFilterArn: string;
}

export interface Personalized {
  /** Clicks on what is recommended carry it, and Personalize learns from them what came of its answer. */
  readonly recommendationId: RecommendationId;
  /** Best first. */
  readonly productIds: readonly ProductId[];
}

/** The campaign of Personalize, and who is whom to it: a customer, or a browser's own id, which is its session there. */
export class Campaign {
  constructor(private readonly props: CampaignProps) {}

  /** @throws Error when Personalize does not answer, or has something else to do */
  async recommend(user: string, { limit, category, signal }: { readonly limit: number; readonly category?: CategoryName; readonly signal?: AbortSignal }): Promise<Personalized> {
    const { client, campaignArn, filterArn, categoryFilterArn } = this.props;
    const { itemList = [], recommendationId } = await client.send(
      new GetRecommendationsCommand({
        campaignArn,
        userId: user,
        numResults: limit,
        // A value stands in quotes; a category has none in its name that would not be part of it.
        ...(category === undefined || category.includes('"') ? { filterArn } : { filterArn: categoryFilterArn, filterValues: { CATEGORY: `"${category}"` } }),
      }),
      { abortSignal: signal },
    );
    return {
      recommendationId: RecommendationId.parse(recommendationId),
      productIds: itemList.flatMap(({ itemId }) => {
        const known = ProductId.safeParse(itemId);
        return known.success ? [known.data] : [];
      }),
    };
  }
}
