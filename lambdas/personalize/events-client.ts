import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';

/**
 * What waits in a stream can wait for Personalize: with ten attempts, ever further apart, most of a minute for each call.
 * Whoever reads a stream with it has a time limit of two minutes.
 */
export const patientClient = (): PersonalizeEventsClient => new PersonalizeEventsClient({ maxAttempts: 10, requestHandler: { connectionTimeout: 2_000, requestTimeout: 4_000 } });
