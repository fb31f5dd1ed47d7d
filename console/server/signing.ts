import type { AwsClients } from './awsClients';

/**
 * Looks whether calls to AWS can be signed, before anybody wonders about an empty page.
 *
 * @returns the region in which pipelines are looked for
 * @throws Error in words that say what to do
 */
export async function checkSigning({ codepipeline: { config } }: AwsClients, profile: string | undefined): Promise<string> {
  const region = await config.region().catch(() => {
    throw new Error('No region is known. Name one with --region, or in the profile of the AWS configuration.');
  });
  await config.credentials().catch((error: unknown) => {
    const named = profile ? ` --profile ${profile}` : '';
    throw new Error(`No credentials are found: ${error instanceof Error ? error.message : String(error)}\nSign in with \`aws sso login${named}\`, or name another profile with --profile.`);
  });
  return region;
}
