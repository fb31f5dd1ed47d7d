import { PutEventsCommand } from '@aws-sdk/client-personalize-events';
import type { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import type { ProductClick, Receipt } from './learning';

/** https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_PutEvents.html */
export const MOST_EVENTS = 10;

/** The answer of the campaign that a click came of. Other answers Personalize does not know, and an id too long would cost the whole call. */
export const ofCampaign = (recommendationId: string | undefined): string | undefined => (recommendationId !== undefined && /^RID-[\w-]{1,36}$/.test(recommendationId) ? recommendationId : undefined);

export interface EventTrackersProps {
  readonly client: Pick<PersonalizeEventsClient, 'send'>;
  readonly trackingIds: Readonly<Record<Receipt['datasetGroup'], string>>;
}

/** Personalize's event trackers: what real visitors do and what synthetic ones do teach dataset groups of their own. */
export class EventTrackers {
  constructor(private readonly props: EventTrackersProps) {}

  /**
   * @param clicks at most ten, of one session, visitor and kind. One that is sent twice counts once: Personalize knows it by its id.
   * @throws Error when Personalize did not take them
   */
  async put(clicks: readonly [ProductClick, ...ProductClick[]]): Promise<Receipt> {
    const [{ userId, anonymousId, synthetic }] = clicks;
    const datasetGroup = synthetic ? 'synthetic' : 'real';
    const { $metadata: metadata } = await this.props.client.send(
      new PutEventsCommand({
        trackingId: this.props.trackingIds[datasetGroup],
        // What a session did before somebody signed in becomes theirs once an event names both. A browser is one session,
        // by whose id Personalize is asked for recommendations to nobody, too
        // (https://docs.aws.amazon.com/personalize/latest/dg/recording-anonymous-user-events.html).
        userId,
        sessionId: anonymousId,
        eventList: clicks.map(({ eventId, type, productId, eventTime, price, quantity, recommendationId }) => ({
          eventId,
          eventType: type,
          itemId: productId,
          sentAt: new Date(eventTime),
          recommendationId: ofCampaign(recommendationId),
          // Named as the schema's fields are, in camel case.
          ...((price || quantity !== undefined) && { properties: JSON.stringify({ price: price?.amount, quantity }) }),
        })),
      }),
    );
    return { requestId: metadata.requestId ?? 'none', datasetGroup };
  }
}
