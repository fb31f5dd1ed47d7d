import * as z from 'zod';

const Url = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/$/, ''));

/** What the smoke step reads: pages and read-only routes. */
export const SmokeConfiguration = z.object({ SITE_URL: Url });

/** What the step needs that looks whether an account is subscribed to QuickSight. */
export const SubscriptionConfiguration = z.object({
  SUBSCRIPTION_ROLE_ARN: z.string().startsWith('arn:'),
  ENVIRONMENT_NAME: z.string().min(1),
  ENVIRONMENT_ACCOUNT: z.string().regex(/^\d{12}$/),
  ENVIRONMENT_REGION: z.string().min(1),
});

/** What the integration step needs, all of it outputs of the stage's stacks. */
export const IntegrationConfiguration = z.object({
  SITE_URL: Url,
  /** The API's own address, past CloudFront, which must not answer. */
  API_URL: Url,
  USER_POOL_ID: z.string().min(1),
  GATE_CLIENT_ID: z.string().min(1),
  GATE_ROLE_ARN: z.string().startsWith('arn:'),
  ORDERS_TABLE: z.string().min(1),
  PRODUCTS_TABLE: z.string().min(1),
  CLICK_STREAM_ARN: z.string().startsWith('arn:'),
  /** Of the clicks that Personalize has taken. */
  RECEIPTS_TABLE: z.string().min(1),
  RAW_CLICKS_BUCKET: z.string().min(1),
  REDSHIFT_WORKGROUP: z.string().min(1),
  REDSHIFT_DATABASE: z.string().min(1),
  /** Has Redshift read what has come in: only its administrator may. */
  REDSHIFT_REFRESHER_ARN: z.string().startsWith('arn:'),
  ENVIRONMENT_REGION: z.string().min(1),
  /** No hop is waited for longer, whatever its own deadline; for an environment whose sinks are near. */
  LONGEST_HOP_SECONDS: z.coerce.number().positive().default(Number.POSITIVE_INFINITY),
});
export type IntegrationConfiguration = z.infer<typeof IntegrationConfiguration>;

/** @throws Error that names every variable that is missing or wrong */
export function readConfiguration<T>(schema: z.ZodType<T>, environment: NodeJS.ProcessEnv): T {
  const result = schema.safeParse(environment);
  if (result.success) return result.data;
  throw new Error(`The step's environment is not complete:\n${z.prettifyError(result.error)}`);
}
