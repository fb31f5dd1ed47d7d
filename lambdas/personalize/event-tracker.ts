import { PutEventsCommand } from '@aws-sdk/client-personalize-events';
import type { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import type { ProductClick, Receipt } from './learning';

/** https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_PutEvents.html */
export const MOST_EVENTS = 10;

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
    const [{ userId, anonymousId, sessionId, synthetic }] = clicks;
    const datasetGroup = synthetic ? 'synthetic' : 'real';
    const { $metadata: metadata } = await this.props.client.send(
      new PutEventsCommand({
        trackingId: this.props.trackingIds[datasetGroup],
        userId: userId ?? anonymousId,
        sessionId,
        eventList: clicks.map(({ eventId, type, productId, eventTime, price, quantity }) => ({
          eventId,
          eventType: type,
          itemId: productId,
          sentAt: new Date(eventTime),
          // Named as the schema's fields are, in camel case.
          ...((price || quantity !== undefined) && { properties: JSON.stringify({ price: price?.amount, quantity }) }),
        })),
      }),
    );
    return { requestId: metadata.requestId ?? 'none', datasetGroup };
  }
}
