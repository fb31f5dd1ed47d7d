/** On answers that the service worker had kept, since the shop could not be reached. */
export const KEPT_HEADER = 'x-kept';
