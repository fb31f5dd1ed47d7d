const AWS_SETTING = /^AWS_(?!SDK_JS_NODE_VERSION_SUPPORT_WARNING)|^CDK_/;

/** The environment of this process without a developer's own AWS settings, e.g. profiles, keys and regions. */
export function environmentWithoutAws(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !AWS_SETTING.test(entry[0])));
}

/**
 * Settings under which the AWS SDK, CLI and CDK act as `account` on this machine's gateway.
 * A 12-digit access key is that account's own; the files of profiles are put out of reach.
 */
export function awsSettings(gatewayUrl: string, account: string, region: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: gatewayUrl,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
