import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Stands in for the SDK's chain of credential providers in every function's bundle: Lambda gives a function its role's
 * credentials in the environment, so profiles, SSO and instance metadata would only be read at each start.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export const defaultProvider = (): ReturnType<typeof fromEnv> => fromEnv();
