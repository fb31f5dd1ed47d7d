/**
 * Stands in for the SDK's endpoint discovery in every function's bundle: the DynamoDB client prepares a cache of a
 * thousand endpoints for it, which none of its commands reads.
 */
export const resolveEndpointDiscoveryConfig = <Config>(config: Config): Config => config;

/** No variable and no profile is read for it. */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {};
