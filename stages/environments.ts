import { RetentionDays } from 'aws-cdk-lib/aws-logs';

export interface CustomDomain {
  /** `shop.example.com` */
  readonly name: string;
  /** An ACM certificate of us-east-1, whatever the environment's region: CloudFront reads no other. */
  readonly certificateArn: string;
  /** With it the stack makes the DNS records. @default the records are made by hand */
  readonly hostedZone?: { readonly id: string; readonly name: string };
}

/** One place the shop runs in. All that differs between dev, staging and prod stands here and nowhere else. */
export interface WebsiteEnvironment {
  /** Begins the name of every stack: `Dev` makes `Dev-Orders`. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** @default the distribution's own name */
  readonly domain?: CustomDomain;
  /** Synthetic orders are sent through it after each deployment; without it the pipeline only reads a few pages. */
  readonly gate: boolean;
  /** A person has to say yes before anything is deployed here. */
  readonly approval: boolean;
  readonly logRetention: RetentionDays;
  /** Tables and the user pool refuse to be deleted, by whomever. */
  readonly deletionProtection: boolean;
  /** Stripe. The publishable key is the browsers'; the secret one is in Secrets Manager, see stages/provider-keys.ts. */
  readonly payment: { readonly apiUrl: string; readonly scriptUrl: string; readonly publishableKey: string };
  readonly carrier: { readonly apiUrl: string };
  /** Who mails to customers come from; SES asks the address to confirm it. */
  readonly mailSender: string;
  /** Who is told by mail when an alarm rings; SNS asks them to confirm. @default nobody */
  readonly alarmEmail?: string;
  /** Requests a second that the HTTP API takes, steadily and for a moment; more get a 429. */
  readonly throttling: { readonly rateLimit: number; readonly burstLimit: number };
  /** Requests of one address in five minutes before the firewall answers 403 in their place. */
  readonly requestsPerAddress: number;
}

export type PipelineSource =
  | { readonly provider: 'CodeConnections'; readonly repository: `${string}/${string}`; readonly branch: string; readonly connectionArn: string }
  | { readonly provider: 'CodeCommit'; readonly repository: string; readonly branch: string };

export interface Website {
  readonly pipeline: { readonly account: string; readonly region: string; readonly source: PipelineSource };
  /** In the order in which a release passes through them. */
  readonly environments: readonly WebsiteEnvironment[];
}

const region = 'us-east-1';

const stripe = (publishableKey: string): WebsiteEnvironment['payment'] => ({ apiUrl: 'https://api.stripe.com', scriptUrl: 'https://js.stripe.com', publishableKey });
const carrier = { apiUrl: 'https://api.carrier.example' };

export const website: Website = {
  pipeline: {
    account: '111111111111',
    region,
    source: {
      provider: 'CodeConnections',
      repository: 'example-org/website-pipeline',
      branch: 'main',
      connectionArn: 'arn:aws:codeconnections:us-east-1:111111111111:connection/00000000-0000-4000-8000-000000000000',
    },
  },
  environments: [
    {
      name: 'Dev',
      payment: stripe('pk_test_websitedev'),
      carrier,
      mailSender: 'shop@dev.example.com',
      account: '222222222222',
      region,
      gate: true,
      approval: false,
      logRetention: RetentionDays.TWO_WEEKS,
      deletionProtection: false,
      throttling: { rateLimit: 500, burstLimit: 1_000 },
      requestsPerAddress: 10_000,
    },
    {
      name: 'Staging',
      payment: stripe('pk_test_websitestaging'),
      carrier,
      mailSender: 'shop@staging.example.com',
      account: '333333333333',
      region,
      gate: true,
      approval: false,
      logRetention: RetentionDays.ONE_MONTH,
      deletionProtection: false,
      throttling: { rateLimit: 1_000, burstLimit: 2_000 },
      requestsPerAddress: 10_000,
    },
    {
      name: 'Prod',
      payment: stripe('pk_test_websiteprod'),
      carrier,
      mailSender: 'shop@example.com',
      account: '444444444444',
      region,
      gate: false,
      approval: true,
      logRetention: RetentionDays.ONE_YEAR,
      deletionProtection: true,
      throttling: { rateLimit: 1_000, burstLimit: 2_000 },
      requestsPerAddress: 2_000,
    },
  ],
};
